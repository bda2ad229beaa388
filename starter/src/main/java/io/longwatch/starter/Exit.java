package io.longwatch.starter;

/** Exit codes. */
public final class Exit {
    /** Done as asked. */
    public static final int DONE = 0;

    /** The release, plan or check fell short. */
    public static final int FELL_SHORT = 1;

    /** Wrong usage, or an invalid file. */
    public static final int USAGE = 2;

    /** A needed system cannot be reached, or a decision was sent but not judged. */
    public static final int UNREACHABLE = 3;

    /** Refused: not authorised, gate closed, wrong digest, another release runs. */
    public static final int REFUSED = 4;

    /** Something that was not foreseen: a mistake in Longwatch itself. */
    public static final int UNFORESEEN = 70;

    private Exit() {}
}
