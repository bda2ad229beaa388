package io.longwatch.activities.git;

import org.eclipse.jgit.lib.AnyObjectId;

/** Commits as people read them. */
final class Shas {
    private Shas() {}

    static String shortened(AnyObjectId id) {
        return id.name().substring(0, 12);
    }
}
