package io.longwatch.release;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** State of a release. */
public enum ReleaseState {
    /** Waits for its first phase. */
    SCHEDULED,
    RUNNING,
    /** A person must answer before it goes on. */
    AWAITING_DECISION,
    /** Paused by a person, held by a rule, or too late to deploy. */
    HELD,
    /** Deployed; only the soak goes on. */
    SOAKING,
    ROLLING_BACK,
    SUCCEEDED,
    ROLLED_BACK,
    ABORTED,
    SUPERSEDED,
    COMPENSATION_FAILED;

    /** The state of that name; empty for null and for a name that this version does not know. */
    public static Optional<ReleaseState> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }

    /** Whether nothing follows. */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, ROLLED_BACK, ABORTED, SUPERSEDED, COMPENSATION_FAILED -> true;
            default -> false;
        };
    }
}
