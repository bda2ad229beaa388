package io.longwatch.sandbox.rehearse;

import io.longwatch.activities.soak.Looked;
import io.longwatch.activities.soak.Measurer;
import io.longwatch.activities.soak.Readers;
import io.longwatch.contract.StepRef;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchStateActivities;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stand-in of the watch of windows. What a simulated look sees is known ahead for any instant, so that the server need
 * not call for each: every look is taken and judged as of when it is due, and the call comes when one of them ends the
 * window.
 */
final class SimulatedWatch implements SoakActivities {
    /** Looks taken ahead at one time: a window that is watched until people say otherwise has no last one. */
    private static final int MOST_AHEAD = 500;

    private final Readers actions;
    private final Clock clock;
    private final Map<String, Foreseen> windows = new ConcurrentHashMap<>();
    private final AtomicInteger atWork = new AtomicInteger();

    SimulatedWatch(Readers actions, Clock clock) {
        this.actions = actions;
        this.clock = clock;
    }

    /** Whether looks are being taken now. */
    boolean busy() {
        return atWork.get() > 0;
    }

    @Override
    public WindowResult watch(StepRef step, WatchInput input) {
        atWork.incrementAndGet();
        try {
            return foreseen(step, input);
        } finally {
            atWork.decrementAndGet();
        }
    }

    private WindowResult foreseen(StepRef step, WatchInput input) {
        Foreseen window = windows.compute(
                input.window(),
                (id, known) -> known != null && known.input.equals(input) ? known : new Foreseen(step, input));
        Instant now = clock.instant();
        WindowProgress progress = window.at(now);
        if (progress.over(input)) {
            return WindowResult.of(input, progress, now);
        }
        throw Looked.until(Words.look(input, progress), Duration.between(now, window.next(now)));
    }

    /** What the watches have seen by now. */
    WatchStateActivities state() {
        return (workflowId, window) -> {
            Foreseen watched = windows.get(window);
            return watched == null ? null : watched.at(clock.instant());
        };
    }

    /** A watched window, ahead of its time. */
    private final class Foreseen {
        private final WatchInput input;
        private final Measurer measurer;
        private final TreeMap<Instant, WindowProgress> taken = new TreeMap<>();

        Foreseen(StepRef step, WatchInput input) {
            this.input = input;
            this.measurer = new Measurer(actions, step, input);
            taken.put(Instant.MIN, input.resume() == null ? WindowProgress.begin(input) : input.resume());
        }

        /** How the window stands at an instant. */
        synchronized WindowProgress at(Instant now) {
            while (goesOn() && !taken.lastKey().isAfter(now)) {
                look();
            }
            return taken.floorEntry(now).getValue();
        }

        /** When the watch has to be called after an instant. */
        synchronized Instant next(Instant now) {
            for (int ahead = 0; goesOn() && ahead < MOST_AHEAD; ahead++) {
                look();
            }
            return taken.lastKey().isAfter(now) ? taken.lastKey() : now;
        }

        private boolean goesOn() {
            return !taken.lastEntry().getValue().over(input);
        }

        private void look() {
            WindowProgress last = taken.lastEntry().getValue();
            Instant due = last.nextDue(input);
            Map<String, Measurement> seen = new LinkedHashMap<>();
            last.dueAt(input, due).forEach(check -> seen.put(check.id(), measurer.measureAt(check, due)));
            WindowProgress next = last.with(input, due, false, seen).withinBudget();
            taken.put(due, next.overdue(input) ? next.extended(input, due) : next);
        }
    }
}
