package io.longwatch.sandbox.prometheus.promql;

/** A query that cannot be understood, or cannot be carried out. */
public final class PromqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean badData;

    private PromqlException(boolean badData, String message) {
        super(message);
        this.badData = badData;
    }

    static PromqlException parse(String query, int position, String problem) {
        String before = query.substring(0, Math.min(position, query.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new PromqlException(true, line + ":" + column + ": parse error: " + problem);
    }

    /** A query that cannot be asked this way. */
    public static PromqlException invalid(String problem) {
        return new PromqlException(true, problem);
    }

    static PromqlException execution(String problem) {
        return new PromqlException(false, problem);
    }

    /** Whether the query itself is wrong (400), rather than what it met (422). */
    public boolean badData() {
        return badData;
    }
}
