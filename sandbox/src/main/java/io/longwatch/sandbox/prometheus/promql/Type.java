package io.longwatch.sandbox.prometheus.promql;

/** Kinds of value. */
public enum Type {
    SCALAR("scalar"),
    VECTOR("instant vector"),
    MATRIX("range vector"),
    STRING("string");

    private final String words;

    Type(String words) {
        this.words = words;
    }

    /** As Prometheus calls it. */
    public String words() {
        return words;
    }
}
