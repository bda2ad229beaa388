package io.longwatch.plan;

/** What follows a no, or a deadline that passes in silence. */
public enum Outcome {
    /** Stop; undo nothing; list what stays. */
    ABORT,
    /** Roll back. */
    ROLLBACK,
    /** Stay held and page again. */
    HOLD,
    /** Go on; the open point stays open in the record. */
    CONTINUE
}
