package io.longwatch.release;

import io.longwatch.announce.Announcement;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Soak;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchStateActivities;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches one window: to its end, for as long as people lengthen it, and on while the release is paused. */
final class WindowRun {
    private static final Duration LEAST_GRACE = Duration.ofMinutes(10);
    private static final Duration OPEN_END = Duration.ofDays(365);

    private final Course course;
    private final Soak.Window window;
    private final WatchInput input;
    private final String workflowId;
    private final WatchStateActivities state = state(Duration.ofSeconds(10), 3);
    /** For when people wait for the release to end. */
    private final WatchStateActivities hasty = state(Duration.ofSeconds(3), 1);

    private final boolean patient;
    /** As in releases that began before there was a ledger, whose watches had a timer beside them. */
    private final boolean guarded = !Change.LEDGER.known();

    private final Alarm alarm;
    private Instant end;
    private boolean over;
    private @Nullable CancellationScope call;

    /**
     * A window to be watched.
     *
     * @param patient whether its watch goes on until there is a verdict; a release that an older worker began gives it up
     */
    WindowRun(Course course, Soak.Window window, WatchInput input, String workflowId, boolean patient) {
        this.patient = patient;
        this.alarm = new Alarm("Verdict of " + window.title(), this::page);
        this.course = course;
        this.window = window;
        this.input = input;
        this.workflowId = workflowId;
        this.end = input.endsAt();
    }

    private static WatchStateActivities state(Duration oneTry, int tries) {
        return Workflow.newLocalActivityStub(
                WatchStateActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(oneTry)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumAttempts(tries)
                                .build())
                        .setSummary("what the watch has seen")
                        .build());
    }

    /** Lets the window end later; false if it is over. The watch under way ends as planned and another follows it. */
    boolean extend(Duration by) {
        if (over) {
            return false;
        }
        end = end.plus(by);
        show();
        return true;
    }

    /** Puts what has been seen until now into the release's record, unless the window is over. */
    void keepWhatWasSeen() {
        if (!over && Change.KEEPS_WHAT_WAS_SEEN.known()) {
            Workflow.newDetachedCancellationScope(() -> keep(progress(hasty))).run();
        }
    }

    private void keep(@Nullable WindowProgress seen) {
        if (seen != null && !over) {
            course.journal().window(window.id(), record -> record.seen(WindowResult.soFar(input, seen)));
        }
    }

    /** Watches to the end and returns the verdict. */
    WindowResult watch() {
        try {
            WindowResult result = toTheEnd();
            over = true;
            alarm.stop();
            callNoMore("there is a verdict");
            return result;
        } catch (RuntimeException e) {
            if (course.edition().leavesWindowsQuietly()) {
                callNoMore("the release has left the window");
            }
            throw e;
        }
    }

    private void callNoMore(String why) {
        if (call != null) {
            call.cancel(why);
        }
    }

    private WindowResult toTheEnd() {
        show();
        Instant reached = end;
        WindowResult result = untilVerdict(input);
        while (result.verdict() != Verdict.FAILED && (paused() || end.isAfter(reached))) {
            if (paused()) {
                alarm.stop();
                result = lookOn(result, () -> !paused());
            } else {
                reached = end;
                result = untilVerdict(input.until(end).resuming(result.progress()));
            }
        }
        return result;
    }

    private void show() {
        course.journal().window(window.id(), record -> record.open(input.startsAt(), end));
    }

    private boolean paused() {
        return course.journal().held(Commands.PAUSE);
    }

    /**
     * Watches until there is a verdict, whatever ends the activity meanwhile. Where there is none in time people are told,
     * and the watch waits for a worker, which looks back over what can be filled in.
     */
    private WindowResult untilVerdict(WatchInput first) {
        WatchInput current = first;
        Instant guard = first.endsAt().plus(first.maxExtension()).plus(grace());
        if (patient) {
            alarm.set(guard);
        }
        while (true) {
            Watch watch = new Watch(course, current, patient ? null : longest(guard));
            if (guarded && !Waits.until(guard, "watch over: " + window.title(), watch::ended)) {
                WindowResult verdict = watch.cancel();
                return verdict == null ? unseen(current) : verdict;
            }
            WindowResult result = watch.result();
            if (result != null) {
                return result;
            }
            current = current.resuming(watch.lastKnown());
            if (!patient && !Waits.now().isBefore(guard)) {
                return unseen(current);
            }
            Workflow.sleep(Watch.backoff(current));
        }
    }

    private void page() {
        String problem = "window '" + window.id() + "' should have had its verdict by " + Text.time(Waits.now())
                + " and has none; is a worker running for environment '"
                + course.plan().environment() + "'? It fills in what it can when it is back";
        course.journal().note(problem);
        call = course.announcer()
                .insist(
                        "unwatched/" + window.id(),
                        "Window '" + window.title() + "' has no verdict",
                        List.of(problem),
                        Announcement.Tone.ATTENTION,
                        window.role() == null ? course.plan().roleIds() : List.of(window.role()));
    }

    private static Duration longest(Instant guard) {
        Duration left = Duration.between(Waits.now(), guard);
        return Durations.max(left, LEAST_GRACE);
    }

    private Duration grace() {
        Duration five = window.interval().multipliedBy(5);
        return Durations.max(five, LEAST_GRACE);
    }

    private static WindowResult unseen(WatchInput input) {
        WindowProgress stood = input.resume() == null ? WindowProgress.begin(input) : input.resume();
        Instant from = stood.lastLookAt() == null ? input.startsAt() : stood.lastLookAt();
        long due = Duration.between(from, input.endsAt()).toSeconds()
                / Math.max(1, input.interval().toSeconds());
        return WindowResult.of(input, stood.withMissed(input, (int) Math.max(0, due), input.endsAt()), Waits.now());
    }

    /**
     * Goes on looking beyond the end, until a condition holds or a check fails.
     *
     * @param last how the window stood at its end
     * @return how it stands now
     */
    WindowResult lookOn(WindowResult last, Supplier<Boolean> until) {
        WatchInput beyond = input.until(Waits.now().plus(OPEN_END)).resuming(last.progress());
        while (!until.get()) {
            Watch watch = new Watch(course, beyond, null);
            Waits.until(() -> watch.ended() || until.get());
            WindowResult result = watch.ended() ? watch.result() : leave(watch, beyond, last);
            if (result != null) {
                return result;
            }
            beyond = beyond.resuming(watch.lastKnown());
            Workflow.sleep(Watch.backoff(beyond));
        }
        WindowProgress seen = beyond.resume();
        return seen == null || seen.equals(last.progress()) ? last : WindowResult.of(beyond, seen, Waits.now());
    }

    private WindowResult leave(Watch watch, WatchInput beyond, WindowResult last) {
        WindowProgress seen = progress(state);
        WindowResult verdict = watch.cancel();
        if (verdict != null) {
            return verdict;
        }
        return seen == null ? last : WindowResult.of(beyond, seen, Waits.now());
    }

    private @Nullable WindowProgress progress(WatchStateActivities from) {
        try {
            return from.progress(workflowId, window.id());
        } catch (ActivityFailure e) {
            if (e.getCause() instanceof CanceledFailure canceled) {
                throw canceled;
            }
            course.journal().note("what '" + window.id() + "' has seen could not be read: " + Text.problem(e));
            return null;
        }
    }
}
