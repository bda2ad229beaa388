package io.longwatch.sandbox.bridge;

import java.time.Instant;

/**
 * A node of the bridge: one pod.
 *
 * @param namespace its namespace
 * @param name its name
 * @param version version that runs in it, {@code v2.0}
 * @param startedAt when it was created
 */
public record BridgePod(String namespace, String name, String version, Instant startedAt) {
    /** Versions before 2 name their metrics without the prefix. */
    String metric(String name) {
        return version.startsWith("v1.") ? name : "auren_" + name;
    }
}
