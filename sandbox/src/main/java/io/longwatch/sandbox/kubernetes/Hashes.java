package io.longwatch.sandbox.kubernetes;

import io.longwatch.text.Sha256;
import java.nio.charset.StandardCharsets;

/** Names made from contents. */
final class Hashes {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Hashes() {}

    /** Ten characters that are safe in a name, as in {@code pod-template-hash}. */
    static String name(String text) {
        byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            name.append(ALPHABET.charAt(Math.floorMod(digest[i], ALPHABET.length())));
        }
        return name.toString();
    }
}
