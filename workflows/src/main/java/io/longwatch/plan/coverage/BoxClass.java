package io.longwatch.plan.coverage;

/** Who answers a box, from the strongest to the weakest. */
public enum BoxClass {
    /** A machine does or verifies it. */
    AUTO("a machine does it or looks"),
    /** A machine gathers, a person confirms. */
    ASSIST("a machine gathers, a person confirms"),
    /** Only a person can say. */
    ATTEST("a person says so");

    private final String words;

    BoxClass(String words) {
        this.words = words;
    }

    /** What it means. */
    public String words() {
        return words;
    }
}
