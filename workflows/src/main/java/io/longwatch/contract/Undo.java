package io.longwatch.contract;

/** When in a rollback the effect of a step is undone. */
public enum Undo {
    /** In stage 1, at once: it is what users feel. */
    RESTORE,
    /** In stage 4, in reverse order of dependency. */
    CLEANUP,
    /** Never: source, tags, images, schema, topics and monitoring stay, and are listed as kept. */
    KEEP
}
