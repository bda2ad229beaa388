package io.longwatch.release;

/** What became of an effect. */
public enum EffectState {
    /** The way back is recorded; the call is under way or its outcome unknown. */
    BEGUN,
    /** The call returned. */
    DONE,
    /** Taken back, and found as recorded before. */
    REVERTED,
    /** Stays as it is. */
    KEPT,
    /** There was nothing to take back. */
    NOT_NEEDED,
    /** Taking it back would have made things worse. */
    REFUSED,
    /** Could not be taken back. */
    FAILED;

    /** Whether it ended. */
    public boolean ended() {
        return this != BEGUN && this != DONE;
    }
}
