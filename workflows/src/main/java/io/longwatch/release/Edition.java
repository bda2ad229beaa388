package io.longwatch.release;

/**
 * By which rules about people a release goes: those of the build that it began with, since its history must replay. The
 * first is without proofs at the start, binds no answer to what was shown, and tells people less often.
 */
final class Edition {

    private boolean known;

    /** Settles it, ahead of all else that a release does. */
    void begin() {
        known = Change.PEOPLE.known();
    }

    /** Whether answers are bound to what was shown, and a release to who asked for it. */
    boolean binds() {
        return known;
    }

    /** Whether people are told again, and by name. */
    boolean tellsAgain() {
        return known;
    }
}
