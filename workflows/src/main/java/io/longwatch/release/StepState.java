package io.longwatch.release;

/** State of a step, and of a box of the checklist. */
public enum StepState {
    PENDING,
    RUNNING,
    /** A person must answer. */
    WAITING,
    /** A machine found it as expected, and a person confirmed it where one must. */
    PASSED,
    /** A person vouched for it. */
    ATTESTED,
    /** A named person let it pass, with a reason. */
    WAIVED,
    /** It does not apply to this release; the reason is recorded. */
    NOT_APPLICABLE,
    FAILED,
    /** Nobody has answered for it. */
    OPEN;

    /** Whether nothing more happens to it. */
    public boolean settled() {
        return this != PENDING && this != RUNNING && this != WAITING;
    }
}
