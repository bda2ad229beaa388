package io.longwatch.sandbox.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names made from contents. */
final class Hashes {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Hashes() {}

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    /** Ten characters that are safe in a name, as in {@code pod-template-hash}. */
    static String name(String text) {
        byte[] digest = digest(text);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            name.append(ALPHABET.charAt(Math.floorMod(digest[i], ALPHABET.length())));
        }
        return name.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
