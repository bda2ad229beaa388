package io.longwatch.sandbox.world;

import io.longwatch.release.ReleaseState;
import io.longwatch.sandbox.bridge.Misbehaviour;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What goes wrong in the sandbox's world while a release runs. */
public enum Scenario {
    NONE("none", "Nothing goes wrong", Misbehaviour.NONE, ReleaseState.SUCCEEDED),
    LEAK(
            "leak",
            "The bridge loses memory from hour 20 on",
            Misbehaviour.leaking(Duration.ofHours(20)),
            ReleaseState.ROLLED_BACK),
    FIRST_NODE_NEVER_READY(
            "first-node-never-ready",
            "The first node starts and never becomes ready",
            Misbehaviour.withoutReadiness(),
            ReleaseState.ROLLED_BACK),
    SIGNATURE_REFUSED(
            "signature-refused",
            "The bridge checks webhooks with other keys than they are signed with",
            Misbehaviour.NONE,
            ReleaseState.ROLLED_BACK),
    P99_BREACH(
            "p99-breach",
            "From hour 30 on one answer in twelve takes longer than 150 ms",
            Misbehaviour.slow(Duration.ofHours(30)),
            ReleaseState.ROLLED_BACK),
    PROMETHEUS_GONE(
            "prometheus-gone",
            "Prometheus is down for two hours, from hour 10 on",
            Misbehaviour.NONE,
            ReleaseState.SUCCEEDED),
    SECOND_NODE_DIES(
            "second-node-dies",
            "The second node runs out of memory again and again, from minute 90 on",
            Misbehaviour.withDyingSecondNode(Duration.ofMinutes(90)),
            ReleaseState.ROLLED_BACK),
    FIRST_DEPLOYMENT(
            "first-deployment",
            "Nothing ran before, and webhooks are refused",
            Misbehaviour.NONE,
            ReleaseState.ROLLED_BACK);

    private final String id;
    private final String title;
    private final Misbehaviour misbehaviour;
    private final ReleaseState end;

    Scenario(String id, String title, Misbehaviour misbehaviour, ReleaseState end) {
        this.id = id;
        this.title = title;
        this.misbehaviour = misbehaviour;
        this.end = end;
    }

    /** As the command line names it. */
    public String id() {
        return id;
    }

    /** What goes wrong, for people. */
    public String title() {
        return title;
    }

    /** Whether a former version runs when the release begins. */
    boolean formerVersion() {
        return this != FIRST_DEPLOYMENT;
    }

    /** Whether the bridge has other keys for webhooks than they are signed with. */
    boolean otherKeys() {
        return this == SIGNATURE_REFUSED || this == FIRST_DEPLOYMENT;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    /** How the release must end in it. */
    public ReleaseState end() {
        return end;
    }

    /** The scenario of that id. */
    public static Optional<Scenario> of(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id.equals(id))
                .findFirst();
    }
}
