package io.longwatch.system.parts;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bare repository that {@code git http-backend} serves over HTTP on loopback, and what people do to it by {@code git}.
 * Its only branch is main.
 */
public final class GitServer implements AutoCloseable {
    /** The user that a locked repository lets in. */
    public static final String USER = "git";
    /** That user's token. */
    public static final String TOKEN = "correct-horse";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Path bare;
    private final Path work;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private GitServer(Path folder, boolean locked) throws IOException {
        this.folder = folder;
        this.bare = folder.resolve("bridge.git");
        this.work = folder.resolve("work");
        git(folder, "init", "--bare", "--initial-branch=main", bare.toString());
        git(bare, "config", "http.receivepack", "true");
        git(bare, "config", "receive.autogc", "false");
        git(bare, "config", "uploadpack.allowReachableSHA1InWant", "true");
        git(folder, "clone", "--quiet", bare.toString(), work.toString());
        git(work, "checkout", "--quiet", "-b", "main");
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpContext context = http.createContext("/", this::serve);
        if (locked) {
            context.setAuthenticator(new BasicAuthenticator("longwatch") {
                @Override
                public boolean checkCredentials(String user, String password) {
                    return user.equals(USER) && password.equals(TOKEN);
                }
            });
        }
        http.setExecutor(threads);
        http.start();
    }

    /** Serves a repository whose first commit holds files, to anyone. */
    public static GitServer start(Path folder, Map<String, String> files) throws IOException {
        return started(new GitServer(folder, false), files);
    }

    /** Serves a repository to {@link #USER} with {@link #TOKEN} alone. */
    public static GitServer startLocked(Path folder, Map<String, String> files) throws IOException {
        return started(new GitServer(folder, true), files);
    }

    private static GitServer started(GitServer server, Map<String, String> files) throws IOException {
        server.commit(files);
        return server;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/bridge.git");
    }

    /** The repository as a folder. */
    public Path bare() {
        return bare;
    }

    /** Commits files to main as a person would, on top of what is there; returns the commit. */
    public synchronized String commit(Map<String, String> files) throws IOException {
        if (!git(bare, "branch", "--list", "main").isEmpty()) {
            git(work, "fetch", "--quiet", "origin", "main");
            git(work, "reset", "--quiet", "--hard", "FETCH_HEAD");
        }
        for (var file : files.entrySet()) {
            Path target = work.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        git(work, "add", ".");
        git(work, "commit", "--quiet", "-m", "Change " + String.join(", ", files.keySet()));
        git(work, "push", "--quiet", "origin", "main");
        return head();
    }

    /** Head of main. */
    public String head() {
        return git(bare, "rev-parse", "main");
    }

    /** Messages of main, newest first. */
    public List<String> messages() {
        String all = git(bare, "log", "--format=%B%x1e", "main");
        List<String> messages = new ArrayList<>();
        for (String message : all.split("\u001e", -1)) {
            if (!message.isBlank()) {
                messages.add(message.strip());
            }
        }
        return messages;
    }

    /** Puts a hook in place, as a shell script. */
    public void hook(String name, String script) throws IOException {
        Path hook = Files.writeString(bare.resolve("hooks").resolve(name), "#!/bin/sh\n" + script);
        if (!hook.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + hook + " executable");
        }
    }

    /** Runs git on the repository; returns what it printed. */
    public String git(String... arguments) {
        return git(bare, arguments);
    }

    private String git(Path where, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Parts.installed("git").toString(), "-C", where.toString()));
        command.addAll(
                List.of("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("git-" + System.nanoTime() + ".log");
        ServerProcess.run("git", log, command, PATIENCE);
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what git said", e);
        }
    }

    /** One request to the backend, by the Common Gateway Interface. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder backend = new ProcessBuilder(Parts.installed("git").toString(), "http-backend");
            backend.environment().putAll(variables(exchange));
            backend.redirectError(ProcessBuilder.Redirect.appendTo(
                    folder.resolve("http-backend.log").toFile()));
            Process process = backend.start();
            byte[] body = exchange.getRequestBody().readAllBytes();
            threads.execute(() -> {
                try (OutputStream input = process.getOutputStream()) {
                    input.write(body);
                } catch (IOException enough) {
                    // The backend has read as much as it wants.
                }
            });
            try (InputStream output = process.getInputStream()) {
                answer(exchange, output);
            } finally {
                process.destroy();
            }
        }
    }

    private Map<String, String> variables(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        return Map.of(
                "GIT_PROJECT_ROOT", folder.toString(),
                "GIT_HTTP_EXPORT_ALL", "1",
                "REQUEST_METHOD", exchange.getRequestMethod(),
                "PATH_INFO", uri.getPath(),
                "QUERY_STRING", uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                "CONTENT_TYPE", header(exchange, "Content-Type"),
                "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
                "GIT_PROTOCOL", header(exchange, "Git-Protocol"),
                "REMOTE_ADDR", "127.0.0.1");
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        output.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream output) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = output.read(); next >= 0 && next != '\n'; next = output.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
