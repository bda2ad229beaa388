package io.longwatch.release;

import io.temporal.workflow.Workflow;

/**
 * By which rules about people a release goes: those of the build that it began with, since its history must replay. The
 * first is without proofs at the start, binds no answer to what was shown, and tells people less often.
 */
final class Edition {
    private static final String CHANGE = "people";

    private int version = Workflow.DEFAULT_VERSION;

    /** Settles it, ahead of all else that a release does. */
    void begin() {
        version = Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1);
    }

    /** Whether answers are bound to what was shown, and a release to who asked for it. */
    boolean binds() {
        return version >= 1;
    }

    /** Whether people are told again, and by name. */
    boolean tellsAgain() {
        return version >= 1;
    }
}
