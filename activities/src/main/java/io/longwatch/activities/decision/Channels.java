package io.longwatch.activities.decision;

import io.longwatch.decision.Decision;
import java.util.List;

/** Ways by which a decision can come, each with a proof of its own. */
public final class Channels {
    /** A button in Slack, proved by the receiver's keyed hash. */
    public static final String SLACK = "slack";
    /** The command line, proved by the person's SSH signature. */
    public static final String CLI = Decision.CLI;

    private static final List<String> ALL = List.of(SLACK, CLI);

    private Channels() {}

    /** All that a worker can check. */
    public static List<String> all() {
        return ALL;
    }
}
