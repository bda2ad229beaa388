package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.activities.command.Subprocess;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.Checkout;
import io.longwatch.activities.git.Folders;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Dockerfile built and pushed by docker, podman or buildah of the worker, by lists of arguments, never by a shell. */
final class EngineAssembly implements Assembly {
    private static final Duration LONGEST = Duration.ofMinutes(18);
    private static final Duration TO_FORGET = Duration.ofSeconds(30);
    private static final Logger LOGGER = LoggerFactory.getLogger(EngineAssembly.class);
    private static final List<String> SETTINGS = List.of(
            "DOCKER_HOST",
            "DOCKER_BUILDKIT",
            "XDG_RUNTIME_DIR",
            "BUILDAH_ISOLATION",
            "STORAGE_DRIVER",
            "CONTAINERS_STORAGE_CONF");

    private final String tool;
    private final String executable;

    /**
     * @param tool docker, podman or buildah
     * @param executable where that is
     */
    EngineAssembly(String tool, String executable) {
        this.tool = tool;
        this.executable = executable;
    }

    @Override
    public void push(Recipe recipe, Checkout checkout, Invocation invocation) throws IOException, InterruptedException {
        Path login = Files.createTempDirectory("longwatch-login-");
        try {
            Map<String, String> environment = environment(recipe.connection(), login);
            Subprocess.Exit built = run(build(recipe, checkout.folder()), recipe, environment, invocation);
            if (built.code() != 0) {
                throw Failures.failed(
                        tool + " build of " + recipe.target() + " ended with " + built.code() + ": " + built.lastLine(),
                        null);
            }
            try {
                invocation.renew("pushing " + recipe.target());
                checkPush(recipe, run(push(recipe), recipe, environment, invocation));
            } finally {
                forget(recipe, environment);
            }
        } finally {
            Folders.remove(login);
        }
    }

    /** Also after a push that failed or was cancelled; an image that stays is no reason to fail. */
    private void forget(Recipe recipe, Map<String, String> environment) throws InterruptedException {
        try {
            new Subprocess(List.of(executable, "rmi", recipe.target()), null, environment, List.of(), TO_FORGET)
                    .run(() -> {});
        } catch (IOException | Subprocess.OutOfTime e) {
            LOGGER.atWarn()
                    .addKeyValue("image", recipe.target())
                    .setCause(e)
                    .log("the built image stays with the engine of this worker");
        }
    }

    private void checkPush(Recipe recipe, Subprocess.Exit pushed) {
        if (pushed.code() == 0) {
            return;
        }
        String message =
                tool + " push of " + recipe.target() + " ended with " + pushed.code() + ": " + pushed.lastLine();
        String said = pushed.tail().toLowerCase(Locale.ROOT);
        throw said.contains("unauthorized") || said.contains("denied")
                ? Failures.denied(message, null)
                : Failures.unavailable(message, null);
    }

    private List<String> build(Recipe recipe, Path folder) {
        BuildInput input = recipe.input();
        Path context = folder.resolve(input.contextOrDefault()).normalize();
        Path dockerfile = context.resolve(input.dockerfileOrDefault());
        if (!Files.isRegularFile(dockerfile)) {
            throw Failures.notFound("'" + folder.relativize(dockerfile) + "' is not in commit " + input.sha()
                    + "; correct context or dockerfile");
        }
        List<String> argv = new ArrayList<>(List.of(executable, "build", "--file", dockerfile.toString()));
        argv.addAll(List.of("--tag", recipe.target()));
        recipe.labels().forEach((name, value) -> argv.addAll(List.of("--label", name + "=" + value)));
        argv.addAll(List.of("--platform", input.platformOrDefault()));
        argv.add(context.toString());
        return argv;
    }

    private List<String> push(Recipe recipe) {
        boolean plain = recipe.connection().insecure() && !tool.equals("docker");
        return plain
                ? List.of(executable, "push", "--tls-verify=false", recipe.target())
                : List.of(executable, "push", recipe.target());
    }

    private Subprocess.Exit run(
            List<String> argv, Recipe recipe, Map<String, String> environment, Invocation invocation)
            throws IOException, InterruptedException {
        Secret password = recipe.connection().password();
        List<String> secrets = password == null ? List.of() : List.of(password.reveal());
        try {
            return new Subprocess(argv, null, environment, secrets, LONGEST)
                    .run(() -> invocation.heartbeat(tool + " " + argv.get(1) + " of " + recipe.target()));
        } catch (Subprocess.OutOfTime e) {
            throw Failures.unavailable(
                    tool + " " + argv.get(1) + " of " + recipe.target() + " was stopped after " + LONGEST, null);
        } catch (IOException e) {
            throw Failures.failed(
                    tool + " could not be started: " + e.getMessage()
                            + "; install it on the worker, or use the builder jib",
                    e);
        }
    }

    /** The worker's settings for the engine, and a login that lasts as long as the build. */
    private static Map<String, String> environment(RegistryConnection connection, Path login) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String name : SETTINGS) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        if (connection.user() != null && connection.password() != null) {
            String pair = connection.user() + ":" + connection.password().reveal();
            String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            String host = connection.host().equals("docker.io") ? "https://index.docker.io/v1/" : connection.host();
            Path file = login.resolve("config.json");
            new ObjectMapper().writeValue(file.toFile(), Map.of("auths", Map.of(host, Map.of("auth", auth))));
            environment.put("DOCKER_CONFIG", login.toString());
            environment.put("REGISTRY_AUTH_FILE", file.toString());
        }
        return environment;
    }
}
