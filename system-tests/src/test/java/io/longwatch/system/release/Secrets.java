package io.longwatch.system.release;

import io.longwatch.sandbox.cloud.CloudStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values that nobody can guess, each in a file that a worker's configuration names. */
final class Secrets {
    private static final List<String> OF_THE_BRIDGE = List.of(
            "OURA_ACCESS_TOKEN",
            "WHOOP_CLIENT_ID",
            "WHOOP_CLIENT_SECRET",
            "HEALTHKIT_API_KEY",
            "OURA_WEBHOOK_SECRET",
            "WHOOP_WEBHOOK_SECRET");
    private static final List<String> OF_STEPS =
            List.of("OURA_WEBHOOK_SECRET", "WHOOP_WEBHOOK_SECRET", "HEALTHKIT_API_KEY");

    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Secrets(Path folder) {
        this.folder = folder;
    }

    static Secrets madeIn(Path folder) {
        Secrets secrets = new Secrets(folder);
        OF_THE_BRIDGE.forEach(name -> secrets.kept(name, secrets.made()));
        secrets.kept("grafana-token", secrets.made());
        secrets.kept("aws-secret-key", secrets.made());
        secrets.kept("aws-access-key", CloudStandIn.ACCESS_KEY);
        return secrets;
    }

    private String made() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Keeps a value and returns how a configuration names it. */
    String kept(String name, String value) {
        try {
            Files.writeString(folder.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        values.put(name, value);
        return reference(name);
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    String reference(String name) {
        return "{file: \"" + folder.resolve(name) + "\"}";
    }

    /** What the bridge's Secret in the cluster holds. */
    Map<String, String> ofTheBridge() {
        Map<String, String> own = new LinkedHashMap<>();
        OF_THE_BRIDGE.forEach(name -> own.put(name, value(name)));
        return own;
    }

    /** The lines of a configuration that give steps theirs. */
    String ofSteps() {
        StringBuilder lines = new StringBuilder();
        OF_STEPS.forEach(name -> lines.append("      %s: %s%n".formatted(name, reference(name))));
        return lines.toString();
    }
}
