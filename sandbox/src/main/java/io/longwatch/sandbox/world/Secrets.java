package io.longwatch.sandbox.world;

import io.longwatch.activities.connection.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that nobody can guess, made anew for each world, each in a file of its own folder. */
final class Secrets {
    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final Map<String, Secret> byName = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    Secrets(Path folder) {
        this.folder = folder;
    }

    /** A new random value under a name. */
    Secret make(String name) throws IOException {
        return keep(name, random());
    }

    Secret keep(String name, String value) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, value);
        Secret secret = Secret.ofFile(file);
        byName.put(name, secret);
        values.put(name, value);
        return secret;
    }

    String random() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    Secret get(String name) {
        Secret secret = byName.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("the world has no secret '" + name + "'");
        }
        return secret;
    }
}
