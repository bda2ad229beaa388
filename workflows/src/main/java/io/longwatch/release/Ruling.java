package io.longwatch.release;

/**
 * Whether something a person said counts.
 *
 * @param accepted whether it does
 * @param message what follows, or why it does not
 */
record Ruling(boolean accepted, String message) {
    static Ruling yes(String whatFollows) {
        return new Ruling(true, whatFollows);
    }

    static Ruling no(String why) {
        return new Ruling(false, why);
    }
}
