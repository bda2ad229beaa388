package io.longwatch.sandbox.kubernetes;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs the controllers up to the clock's instant: from one due instant to the next, and at each until nothing changes any
 * more. Never sleeps; it moves when it is called.
 */
final class ControlLoop {
    private static final int MOST_ROUNDS = 10_000;

    private final Clock clock;
    private final ModelTime time;
    private final ObjectStore store;
    private final List<Controller> controllers;
    private long settledAt = -1;

    ControlLoop(Clock clock, ModelTime time, ObjectStore store, List<Controller> controllers) {
        this.clock = clock;
        this.time = time;
        this.store = store;
        this.controllers = List.copyOf(controllers);
    }

    /** Something outside the store has changed: look at everything again. */
    void disturb() {
        settledAt = -1;
    }

    void advance() {
        Instant now = clock.instant();
        settle();
        Optional<Instant> due = nextDue(now);
        while (due.isPresent()) {
            time.moveTo(due.get());
            disturb();
            settle();
            due = nextDue(now);
        }
        time.moveTo(now);
    }

    private Optional<Instant> nextDue(Instant now) {
        return controllers.stream()
                .flatMap(controller -> controller.due().stream())
                .filter(due -> due.isAfter(time.now()) && !due.isAfter(now))
                .min(Instant::compareTo);
    }

    private void settle() {
        for (int round = 0; settledAt != store.revision(); round++) {
            if (round > MOST_ROUNDS) {
                throw new IllegalStateException("controllers do not come to rest at " + time.now());
            }
            long before = store.revision();
            controllers.forEach(Controller::reconcile);
            settledAt = before;
        }
    }
}
