package io.longwatch.release;

/** Where a release stops between steps: for a pause, and for a hold before gates and effects. */
final class Borders {
    private final Journal journal;

    Borders(Journal journal) {
        this.journal = journal;
    }

    /**
     * Waits until the next step may begin.
     *
     * @param holdable whether a hold stops it: gates and steps with effect
     */
    void cross(boolean holdable) {
        Waits.until(() -> !journal.held(Commands.PAUSE) && !(holdable && journal.held(Commands.HOLD)));
    }

    /** Whether a gate or a step with effect would have to wait now. */
    boolean closed() {
        return journal.held(Commands.PAUSE) || journal.held(Commands.HOLD);
    }
}
