package io.longwatch.plan.coverage;

/** Who answers a box, from the strongest to the weakest. */
public enum BoxClass {
    /** A machine does or verifies it. */
    AUTO,
    /** A machine gathers, a person confirms. */
    ASSIST,
    /** Only a person can say. */
    ATTEST
}
