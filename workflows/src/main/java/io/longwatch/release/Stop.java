package io.longwatch.release;

/** Why the forward part of a release ends before its time. */
sealed interface Stop {
    /** In words, with who asked for it. */
    String reason();

    /** Take everything back. */
    record RollBack(String reason) implements Stop {}

    /** Stop here, undo nothing. */
    record Abort(String reason) implements Stop {}

    /** A newer release takes over. */
    record Supersede(String reason) implements Stop {}
}
