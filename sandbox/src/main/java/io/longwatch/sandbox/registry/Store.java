package io.longwatch.sandbox.registry;

import io.longwatch.text.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one repository of the registry holds. */
final class Store {
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final Map<String, Stored> manifests = new HashMap<>();
    private final Map<String, String> tags = new TreeMap<>();

    /** A manifest with the media type it was pushed as. */
    static final class Stored {
        private final String digest;
        private final String mediaType;
        private final byte[] bytes;

        Stored(String mediaType, byte[] bytes) {
            this.digest = digestOf(bytes);
            this.mediaType = mediaType;
            this.bytes = bytes.clone();
        }

        String digest() {
            return digest;
        }

        String mediaType() {
            return mediaType;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    static String digestOf(byte[] bytes) {
        return "sha256:" + Sha256.hex(bytes);
    }

    void addBlob(byte[] bytes) {
        blobs.put(digestOf(bytes), bytes);
    }

    byte @Nullable [] blob(String digest) {
        return blobs.get(digest);
    }

    boolean removeBlob(String digest) {
        return blobs.remove(digest) != null;
    }

    void add(String reference, Stored manifest) {
        manifests.put(manifest.digest(), manifest);
        if (!reference.startsWith("sha256:")) {
            tags.put(reference, manifest.digest());
        }
    }

    Optional<Stored> manifest(String reference) {
        String digest = reference.startsWith("sha256:") ? reference : tags.get(reference);
        return digest == null ? Optional.empty() : Optional.ofNullable(manifests.get(digest));
    }

    boolean has(String digest) {
        return blobs.containsKey(digest) || manifests.containsKey(digest);
    }

    /** Removes a manifest with every tag that names it, or a single tag. */
    boolean remove(String reference) {
        if (!reference.startsWith("sha256:")) {
            return tags.remove(reference) != null;
        }
        tags.values().removeIf(reference::equals);
        return manifests.remove(reference) != null;
    }

    List<String> tags() {
        return new ArrayList<>(tags.keySet());
    }
}
