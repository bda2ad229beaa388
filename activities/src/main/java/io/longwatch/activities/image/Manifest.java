package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A manifest, or a list of manifests for several platforms.
 *
 * @param digest digest of its bytes
 * @param length number of its bytes
 * @param json what it says
 */
record Manifest(String digest, int length, JsonNode json) {

    boolean isList() {
        return json.path("manifests").isArray();
    }

    /** Platforms of a list, without the attestations that some builders add. */
    List<String> platforms() {
        List<String> platforms = new ArrayList<>();
        for (JsonNode entry : json.path("manifests")) {
            String platform = platform(entry);
            if (!platform.startsWith("unknown/")) {
                platforms.add(platform);
            }
        }
        return platforms;
    }

    /** Digest of a list's manifest for a platform. */
    Optional<String> entryFor(String platform) {
        for (JsonNode entry : json.path("manifests")) {
            if (platform(entry).equals(platform)) {
                return Optional.of(entry.path("digest").asText());
            }
        }
        return Optional.empty();
    }

    private static String platform(JsonNode entry) {
        JsonNode platform = entry.path("platform");
        return platform.path("os").asText("unknown") + "/"
                + platform.path("architecture").asText("unknown");
    }

    String configuration() {
        return json.path("config").path("digest").asText();
    }

    /** Bytes of configuration and layers as stored. */
    long size() {
        long size = json.path("config").path("size").asLong();
        for (JsonNode layer : json.path("layers")) {
            size += layer.path("size").asLong();
        }
        return size;
    }
}
