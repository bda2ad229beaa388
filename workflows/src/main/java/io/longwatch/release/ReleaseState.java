package io.longwatch.release;

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

    /** Whether nothing follows. */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, ROLLED_BACK, ABORTED, SUPERSEDED, COMPENSATION_FAILED -> true;
            default -> false;
        };
    }
}
