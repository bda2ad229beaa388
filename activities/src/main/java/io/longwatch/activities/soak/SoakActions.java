package io.longwatch.activities.soak;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.Words;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Watches windows: one attempt is one look; the server calls again when the next is due. */
public final class SoakActions implements SoakActivities {
    /** The real server takes a delay of zero for "no more retries". */
    private static final Duration LEAST_DELAY = Duration.ofSeconds(1);

    private static final int MOST_FILLED_IN_AT_ONCE = 120;

    private final ActionContext context;
    private final Readers actions;
    private final Looks looks;

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
        WindowProgress progress = lastKnown(invocation, input);
        Instant now = context.clock().instant();
        Look look = new Look(actions, step, input, looks);
        progress = fillIn(look, input, progress, now);
        Instant due = progress.nextDue(input);
        if (!due.isAfter(now)) {
            progress = progress.with(input, due, false, look.now(progress, due));
        }
        if (overdue(input, progress)) {
            progress = progress.extended(input);
        }
        invocation.heartbeat(progress);
        if (progress.failed(input) || ended(input, progress)) {
            return WindowResult.of(input, progress, context.clock().instant());
        }
        throw again(input, progress);
    }

    private static WindowProgress lastKnown(Invocation invocation, WatchInput input) {
        Optional<WindowProgress> last = invocation
                .lastHeartbeat(WindowProgress.class)
                .filter(progress -> progress.window().equals(input.window()));
        WindowProgress resume = input.resume() == null ? WindowProgress.begin(input) : input.resume();
        return last.orElse(resume);
    }

    /** Looks that nobody took: filled in where every check can look back, missed where one cannot. */
    private static WindowProgress fillIn(Look look, WatchInput input, WindowProgress from, Instant now) {
        WindowProgress progress = from;
        Instant end = progress.endsAt(input);
        Instant due = progress.nextDue(input);
        int filled = 0;
        while (!due.plus(input.interval()).isAfter(now) && due.isBefore(end)) {
            boolean whole = filled < MOST_FILLED_IN_AT_ONCE && look.fillsIn(progress, due);
            progress = whole
                    ? progress.with(input, due, true, look.then(progress, due))
                    : progress.withMissed(input, 1, due);
            filled++;
            due = progress.nextDue(input);
        }
        return progress;
    }

    /** Whether the window is over, with time that nobody saw and that may still be added. */
    private static boolean overdue(WatchInput input, WindowProgress progress) {
        return ended(input, progress)
                && progress.extension().isZero()
                && progress.unobserved().compareTo(input.interval()) > 0
                && !input.maxExtension().isZero();
    }

    private static boolean ended(WatchInput input, WindowProgress progress) {
        return progress.nextDue(input).isAfter(progress.endsAt(input));
    }

    private ApplicationFailure again(WatchInput input, WindowProgress progress) {
        Instant next = progress.nextDue(input);
        Duration delay = Duration.between(context.clock().instant(), next);
        ApplicationFailure looked = ApplicationFailure.newBuilder()
                .setType(LOOKED)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setMessage(Words.look(input, progress) + "; next look at " + next.truncatedTo(ChronoUnit.SECONDS))
                .setNextRetryDelay(delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay)
                .build();
        // Where in the code it stands says nothing to those who see it between two looks.
        looked.setStackTrace(new StackTraceElement[0]);
        return looked;
    }
}
