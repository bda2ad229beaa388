package io.longwatch.activities.image;

import io.longwatch.text.Sha256;

/** Digests as registries write them. */
final class Digests {
    private Digests() {}

    static String sha256(byte[] content) {
        return "sha256:" + Sha256.hex(content);
    }

    /** As people read it: {@code sha256:e3b0c44298fc}. */
    static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), "sha256:".length() + 12));
    }
}
