package io.longwatch.activities.text;

/** Why something failed, for people. */
public final class Reason {
    private Reason() {}

    /** What a failure says of itself; where it says nothing, what it is called. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
