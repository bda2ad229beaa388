package io.longwatch.contract;

import java.util.Objects;

/**
 * Which step of which release an activity serves. First argument of every action: it keys effects on the far side,
 * stands in every log line, and shows in the history which step a row belongs to.
 *
 * @param release release id, {@code <service>-<environment>-<yyyymmdd>-<n>}
 * @param environment environment whose connections may be used
 * @param step step id in the plan
 */
public record StepRef(String release, String environment, String step) {
    public StepRef {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(step, "step");
    }

    /** The key under which this step's effect is searched on the far side: {@code <release>/<step>}. */
    public String key() {
        return release + "/" + step;
    }

    /** The same release and environment at another step. */
    public StepRef at(String otherStep) {
        return new StepRef(release, environment, otherStep);
    }
}
