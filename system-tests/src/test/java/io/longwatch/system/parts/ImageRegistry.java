package io.longwatch.system.parts;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A registry of images on loopback that keeps them in a folder; it speaks plain HTTP. */
public final class ImageRegistry implements AutoCloseable {
    /** The user that a locked registry lets in. */
    public static final String USER = "bridge";
    /** That user's password. */
    public static final String PASSWORD = "correct horse";

    private static final String HASHED = "$2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final int port = FreePort.find();
    private ServerProcess process;

    private ImageRegistry(Path folder, boolean removes, boolean locked) {
        this.folder = folder;
        write(removes, locked);
        this.process = run();
    }

    /** Starts a registry that removes images when it is asked to. */
    public static ImageRegistry start(Path folder) {
        return new ImageRegistry(folder, true, false);
    }

    /** Starts a registry that removes nothing. */
    public static ImageRegistry startThatKeepsAll(Path folder) {
        return new ImageRegistry(folder, false, false);
    }

    /** Starts a registry that lets in {@link #USER} alone. */
    public static ImageRegistry startLocked(Path folder) {
        return new ImageRegistry(folder, true, true);
    }

    private void write(boolean removes, boolean locked) {
        String config = """
            version: 0.1
            log: {level: warn}
            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: %s}}
            http: {addr: '127.0.0.1:%d'}
            """.formatted(folder.resolve("images"), removes, port);
        try {
            Path users = Files.writeString(folder.resolve("users"), USER + ":" + HASHED + "\n");
            String auth = locked ? "auth: {htpasswd: {realm: longwatch, path: " + users + "}}\n" : "";
            Files.writeString(folder.resolve("registry.yml"), config + auth);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the registry's files", e);
        }
    }

    private ServerProcess run() {
        List<String> command = List.of(
                Parts.installed("docker-registry").toString(),
                "serve",
                folder.resolve("registry.yml").toString());
        return ServerProcess.start("registry", folder.resolve("registry.log"), command)
                .await(PATIENCE, () -> ServerProcess.listens(port));
    }

    /** {@code host:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** How often an image was put under a tag, by the registry's access log. */
    public long pushes(String image, String tag) {
        String put = "\"PUT /v2/" + image + "/manifests/" + tag + " HTTP/1.1\" 201 ";
        try (Stream<String> lines = Files.lines(process.log())) {
            return lines.filter(line -> line.contains(put)).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the registry's log", e);
        }
    }

    /** The digest under a tag, as skopeo reads it. */
    public String digest(String image, String tag) {
        Path log = folder.resolve("skopeo-" + System.nanoTime() + ".log");
        List<String> command = List.of(
                Parts.installed("skopeo").toString(),
                "inspect",
                "--tls-verify=false",
                "--format",
                "{{.Digest}}",
                "docker://" + host() + "/" + image + ":" + tag);
        ServerProcess.run("skopeo", log, command, PATIENCE);
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what skopeo said", e);
        }
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same images and port. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }
}
