package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many pods a rolling update may have too many and too few.
 *
 * @param replicas replicas that the Deployment asks for
 * @param maxSurge pods above that
 * @param maxUnavailable pods below that
 */
record RolloutBounds(int replicas, int maxSurge, int maxUnavailable) {
    /** Of percentages the surge is rounded up, the unavailable down; both zero would never move, so one may be missing. */
    static RolloutBounds of(JsonNode deployment) {
        int replicas = Tree.integer(deployment, 1, "spec", "replicas");
        JsonNode rolling = Tree.at(deployment, "spec", "strategy", "rollingUpdate");
        int surge = resolve(rolling.path("maxSurge"), replicas, true);
        int unavailable = resolve(rolling.path("maxUnavailable"), replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new RolloutBounds(replicas, surge, Math.min(unavailable, replicas));
    }

    int most() {
        return replicas + maxSurge;
    }

    int fewest() {
        return replicas - maxUnavailable;
    }

    private static int resolve(JsonNode value, int replicas, boolean up) {
        String text = value.asText("0");
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        int hundredths = Integer.parseInt(text.substring(0, text.length() - 1)) * replicas;
        return up ? (hundredths + 99) / 100 : hundredths / 100;
    }
}
