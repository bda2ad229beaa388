package io.longwatch.starter;

import org.jspecify.annotations.Nullable;

/** Why a command cannot do what it was asked, with the exit code that says so. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final @Nullable String hint;

    private CommandFailed(int exitCode, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** Wrong usage or an invalid file. */
    public static CommandFailed usage(String message, @Nullable String hint) {
        return new CommandFailed(Exit.USAGE, message, hint, null);
    }

    /** Wrong usage or an invalid file, found by a library. */
    public static CommandFailed usage(String message, @Nullable String hint, Throwable cause) {
        return new CommandFailed(Exit.USAGE, message, hint, cause);
    }

    /** A needed system cannot be reached. */
    public static CommandFailed unreachable(String message, @Nullable String hint, @Nullable Throwable cause) {
        return new CommandFailed(Exit.UNREACHABLE, message, hint, cause);
    }

    /** Someone or something said no. */
    public static CommandFailed refused(String message, @Nullable String hint) {
        return new CommandFailed(Exit.REFUSED, message, hint, null);
    }

    /** The release, plan or check fell short. */
    public static CommandFailed fellShort(String message, @Nullable String hint) {
        return new CommandFailed(Exit.FELL_SHORT, message, hint, null);
    }

    public int exitCode() {
        return exitCode;
    }

    /** What to do about it, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
