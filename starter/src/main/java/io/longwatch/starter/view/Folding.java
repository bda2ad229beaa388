package io.longwatch.starter.view;

/**
 * How much a view folds together to fit a screen. Each step folds more than the one before it: first what is past and
 * what is to come, then windows, then steps and checks.
 */
enum Folding {
    NOTHING(14, 4, 10),
    PHASES(14, 4, 10),
    WINDOWS(10, 3, 8),
    STEPS(5, 2, 4),
    MOST(3, 1, 2);

    private final int steps;
    private final int stepsAhead;
    private final int checks;

    Folding(int steps, int stepsAhead, int checks) {
        this.steps = steps;
        this.stepsAhead = stepsAhead;
        this.checks = checks;
    }

    /** From how many steps on those that are done and to come are folded. */
    int steps() {
        return steps;
    }

    /** How many steps to come are shown then. */
    int stepsAhead() {
        return stepsAhead;
    }

    /** How many checks of a window are shown. */
    int checks() {
        return checks;
    }

    boolean foldsPhases() {
        return this != NOTHING;
    }

    boolean foldsWindows() {
        return compareTo(WINDOWS) >= 0;
    }

    /** Whether sections stand without a line between them. */
    boolean isTight() {
        return compareTo(STEPS) >= 0;
    }
}
