package io.longwatch.plan.load;

import java.util.Comparator;

/**
 * What is wrong with a plan.
 *
 * @param file the plan's file, or the file it takes in
 * @param line from 1
 * @param column from 1
 * @param message names the thing, the value found, and what to do
 * @param severity whether the plan can be used all the same
 */
public record Problem(String file, int line, int column, String message, Severity severity)
        implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::severity)
            .thenComparing(Problem::message);

    /** Whether a plan can be used all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
