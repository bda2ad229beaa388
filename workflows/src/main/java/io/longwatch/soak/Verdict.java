package io.longwatch.soak;

/** Verdict of a check or of a window, worst first. */
public enum Verdict {
    FAILED,
    /** The provider failed too often in a row: nobody can say. */
    BLIND,
    /** Too little, or too much in doubt, was measured. */
    INCONCLUSIVE,
    /** A named person let it pass. */
    WAIVED,
    PASSED;

    /** The worse of the two. */
    public Verdict and(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
