package io.longwatch.activities.soak;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.soak.LookBound;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.Words;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Watches windows: one attempt is one look; the server calls again when the next is due. */
public final class SoakActions implements SoakActivities {
    private final ActionContext context;
    private final Readers actions;
    private final Looks looks;
    private final SideBySide sideBySide = new SideBySide();

    public SoakActions(ActionContext context, Readers actions) {
        this(context, actions, Looks.unheard());
    }

    public SoakActions(ActionContext context, Readers actions, Looks looks) {
        this.context = context;
        this.actions = actions;
        this.looks = looks;
    }

    @Override
    public WindowResult watch(StepRef step, WatchInput input) {
        Invocation invocation = context.invocation();
        LookBound bound =
                invocation.bound().map(attempt -> LookBound.of(input, attempt)).orElseGet(() -> LookBound.of(input));
        Standing standing = Standing.lastKnown(invocation, input);
        Look look = new Look(actions, step, input, looks, sideBySide, bound.check(), standing.glance());
        try {
            if (fillIn(look, input, standing, bound.look())
                    && !standing.progress().failed(input)) {
                lookNow(look, input, standing);
            }
            WindowProgress progress = standing.progress();
            if (progress.over(input)) {
                return WindowResult.of(input, progress, context.clock().instant());
            }
            throw again(input, progress);
        } finally {
            standing.close();
        }
    }

    /**
     * Takes past looks that nobody took, one after another, for as long as there is time: what is left is for the next
     * attempt.
     *
     * @return whether none is left
     */
    private boolean fillIn(Look look, WatchInput input, Standing standing, Duration time) {
        Instant enough = context.clock().instant().plus(time);
        WindowProgress progress = standing.progress();
        while (isPast(input, progress) && !progress.failed(input)) {
            if (!context.clock().instant().isBefore(enough)) {
                return false;
            }
            Instant due = progress.nextDue(input);
            standing.keep(progress.with(input, due, true, look.then(progress, due)));
            progress = standing.progress();
        }
        return true;
    }

    /** Whether the next look should have been followed by another by now. */
    private boolean isPast(WatchInput input, WindowProgress progress) {
        Instant due = progress.nextDue(input);
        return !due.plus(input.interval()).isAfter(context.clock().instant()) && !due.isAfter(progress.endsAt(input));
    }

    private void lookNow(Look look, WatchInput input, Standing standing) {
        WindowProgress progress = standing.progress();
        Instant due = progress.nextDue(input);
        boolean isDue = !due.isAfter(context.clock().instant()) && !progress.ended(input);
        WindowProgress seen = isDue ? progress.with(input, due, false, look.now(progress, due)) : progress;
        standing.keep(seen.overdue(input) ? seen.extended(input, context.clock().instant()) : seen);
    }

    private ApplicationFailure again(WatchInput input, WindowProgress progress) {
        Instant next = progress.nextDue(input);
        Duration delay = Duration.between(context.clock().instant(), next);
        return Looked.until(
                Words.look(input, progress)
                        + (delay.isNegative() ? "; looks that nobody took are filled in from " : "; next look at ")
                        + next.truncatedTo(ChronoUnit.SECONDS),
                delay);
    }
}
