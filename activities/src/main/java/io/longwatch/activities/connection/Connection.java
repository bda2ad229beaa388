package io.longwatch.activities.connection;

/**
 * How one system of an environment is reached: a record of addresses and {@link Secret}s, checked when it is made. Its
 * kind is the name of the actions' system it serves, as in {@code kind: postgres}.
 */
public interface Connection {
    /** Name of the system whose actions use it: "postgres", "kubernetes". */
    String kind();
}
