package io.longwatch.sandbox.release;

/** Tiny plans, put together from their parts. */
final class Plans {
    private Plans() {}

    /** A plan with the given steps in its deploy phase. */
    static String deploying(String... steps) {
        return of("", phase("deploy", "T", steps), "", "");
    }

    /** A plan of phases, with a rollback and a soak section, both possibly empty. */
    static String of(String head, String phases, String rollback, String soak) {
        return """
                apiVersion: longwatch.io/v1
                kind: ReleasePlan
                service: bridge
                environment: production
                title: Bridge
                channel: releases
                roles: {manager: Release manager, engineer: Engineer}
                """ + head + "\nphases:\n" + phases + soak + rollback;
    }

    static String phase(String id, String at, String... steps) {
        StringBuilder phase =
                new StringBuilder("  - id: " + id + "\n    title: " + id + "\n    at: " + at + "\n    steps:\n");
        for (String step : steps) {
            phase.append("      - ").append(step).append('\n');
        }
        return phase.toString();
    }

    /** A step that only reads. */
    static String read(String id, String... more) {
        return "{id: " + id + ", title: " + id + ", uses: redis.ping" + more(more) + "}";
    }

    /** A step with an effect. */
    static String scale(String id, String... more) {
        return "{id: " + id + ", title: " + id
                + ", uses: kubernetes.scale, with: {deployment: bridge, namespace: production, replicas: 2}"
                + more(more) + "}";
    }

    static String gate(String id, String fields) {
        return "{id: " + id + ", title: " + id + ", gate: {" + fields + "}}";
    }

    private static String more(String... more) {
        return more.length == 0 ? "" : ", " + String.join(", ", more);
    }

    /** A soak of windows over one check named latency. */
    static String soak(String checkFields, String... windows) {
        StringBuilder soak =
                new StringBuilder("soak:\n  checks:\n    - {id: latency, title: P99, uses: prometheus.query,"
                        + " with: {query: p99}, figure: result.value, successCondition: result.value < 100.0"
                        + checkFields
                        + "}\n  windows:\n");
        for (String window : windows) {
            soak.append("    - ").append(window).append('\n');
        }
        return soak.toString();
    }

    static String window(String id, String fields) {
        return "{id: " + id + ", title: " + id + ", " + fields + "}";
    }
}
