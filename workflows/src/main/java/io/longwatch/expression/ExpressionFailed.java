package io.longwatch.expression;

/** An expression could not be evaluated. The message quotes it and says why. */
public final class ExpressionFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpressionFailed(String source, Exception cause) {
        super("'" + source + "': " + cause.getMessage(), cause);
    }

    ExpressionFailed(String source, String why) {
        super("'" + source + "' " + why);
    }
}
