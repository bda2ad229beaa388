package io.longwatch.system.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The manifests of {@code install/kubernetes}, as kubectl makes and applies them. */
public final class Manifests {
    static final Path FOLDER = Path.of(System.getProperty("longwatch.checkout", ".."), "install/kubernetes");

    private Manifests() {}

    /** The manifests of a folder, as kustomize makes them. */
    public static String made(String folder) {
        return kubectl(null, "kustomize", FOLDER.resolve(folder).toString());
    }

    /** Applies on the server's side what was made. */
    public static String apply(ControlPlane cluster, String manifests) {
        return kubectl(
                manifests,
                "--kubeconfig=" + cluster.kubeconfig(ControlPlane.ADMIN, "default"),
                "apply",
                "--server-side",
                "--validate=strict",
                "-f",
                "-");
    }

    private static String kubectl(@Nullable String input, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Parts.cached("kubectl", "bin/kubectl").toString()));
        command.addAll(List.of(arguments));
        try {
            Path given = Files.createTempFile("manifests", ".yaml");
            Path said = Files.createTempFile("kubectl", ".txt");
            Files.writeString(given, input == null ? "" : input);
            Process process = new ProcessBuilder(command)
                    .redirectInput(given.toFile())
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            boolean ended = process.waitFor(180, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(said, UTF_8);
            Files.delete(given);
            Files.delete(said);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new AssertionError("kubectl cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
