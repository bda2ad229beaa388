package io.longwatch.sandbox.world;

import io.longwatch.sandbox.bridge.Misbehaviour;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What goes wrong in the sandbox's world while a release runs. */
public enum Scenario {
    NONE("none", "Nothing goes wrong"),
    LEAK("leak", "The bridge loses memory from hour 20 on"),
    FIRST_NODE_NEVER_READY("first-node-never-ready", "The first node starts and never becomes ready"),
    SIGNATURE_REFUSED("signature-refused", "The bridge checks webhooks with other keys than they are signed with"),
    P99_BREACH("p99-breach", "From hour 30 on one answer in twelve takes longer than 150 ms"),
    PROMETHEUS_GONE("prometheus-gone", "Prometheus is down for two hours, from hour 10 on"),
    SECOND_NODE_DIES("second-node-dies", "The second node runs out of memory again and again, from minute 90 on");

    private final String id;
    private final String title;

    Scenario(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** As the command line names it. */
    public String id() {
        return id;
    }

    /** What goes wrong, for people. */
    public String title() {
        return title;
    }

    /** What is wrong with the version that is released. */
    Misbehaviour misbehaviour() {
        return switch (this) {
            case LEAK -> Misbehaviour.leaking(Duration.ofHours(20));
            case FIRST_NODE_NEVER_READY -> Misbehaviour.withoutReadiness();
            case P99_BREACH -> Misbehaviour.slow(Duration.ofHours(30));
            case SECOND_NODE_DIES -> Misbehaviour.withDyingSecondNode(Duration.ofMinutes(90));
            default -> Misbehaviour.NONE;
        };
    }

    /** The scenario of that id. */
    public static Optional<Scenario> of(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id.equals(id))
                .findFirst();
    }
}
