package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import io.longwatch.plan.Check;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Role;
import io.longwatch.plan.Soak;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches the soak: window after window, counted from the end of the deploy phase. Each window is one activity that the
 * server retries; an attempt is a look.
 */
final class SoakRun implements Commands.SoakControl {
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration LEAST_GRACE = Duration.ofMinutes(10);

    private final Course course;
    private final Soak soak;
    private final String workflowId;
    private boolean watching;
    private @Nullable Duration extension;

    SoakRun(Course course, Soak soak, String workflowId) {
        this.course = course;
        this.soak = soak;
        this.workflowId = workflowId;
    }

    /** Runs every window; ends the forward part of the release when one fails. */
    void run(Instant deployedAt) {
        Instant from = deployedAt;
        for (Soak.Window window : soak.windows()) {
            from = run(window, from);
        }
    }

    @Override
    public boolean extend(Duration by) {
        if (!watching) {
            return false;
        }
        extension = extension == null ? by : extension.plus(by);
        return true;
    }

    private Instant run(Soak.Window window, Instant from) {
        WatchInput input = input(window, from, from.plus(window.duration()), null);
        WindowResult result = watch(window, input);
        while (!judged(window, result)) {
            Instant now = Waits.now();
            result = watch(window, input(window, now, now.plus(extra()), null));
        }
        Instant end = result.endedAt();
        return end.isAfter(Waits.now()) ? Waits.now() : end;
    }

    private Duration extra() {
        Duration by = extension == null ? Duration.ofHours(1) : extension;
        extension = null;
        return by;
    }

    /** Whether the window has its end; false when people want it watched for longer. */
    private boolean judged(Soak.Window window, WindowResult result) {
        course.journal().window(window.id(), record -> record.judged(result));
        course.journal().note("window '" + window.id() + "' " + result.summary());
        if (result.verdict() == Verdict.FAILED) {
            throw course.stops().end(new Stop.RollBack("window '" + window.title() + "' " + result.summary()));
        }
        boolean unseen = result.uncovered().compareTo(window.interval().multipliedBy(2)) > 0;
        if (result.verdict() == Verdict.PASSED && !unseen) {
            Waits.until(() -> !course.journal().held(Commands.PAUSE));
            return true;
        }
        return result.verdict() == Verdict.PASSED
                ? ask(window, "nobody could see " + Durations.format(result.uncovered()) + " of it", window.onMissed())
                : ask(window, result.summary(), window.onInconclusive());
    }

    private boolean ask(Soak.Window window, String problem, Outcome silence) {
        String why = "window '" + window.title() + "': " + problem;
        Answer answer = course.desk().ask(question(window, problem, silence), Rule.first());
        while (answer.verb() == null && silence == Outcome.HOLD) {
            answer = course.desk().ask(question(window, problem, silence), Rule.first());
        }
        if (answer.is(Verb.WAIVE)) {
            Answer given = answer;
            course.journal().window(window.id(), record -> record.waived(given.by(), given.reason()));
            return true;
        }
        if (answer.is(Verb.EXTEND)) {
            extension = Optional.ofNullable(answer.argument())
                    .flatMap(Durations::parse)
                    .orElse(window.duration());
            return false;
        }
        if (answer.verb() == null && silence == Outcome.CONTINUE) {
            return true;
        }
        boolean back = answer.is(Verb.ROLLBACK) || (answer.verb() == null && silence == Outcome.ROLLBACK);
        String reason = why + " (" + answer.inWords() + ")";
        throw course.stops().end(back ? new Stop.RollBack(reason) : new Stop.Abort(reason));
    }

    private Question question(Soak.Window window, String problem, Outcome silence) {
        List<String> roles = window.role() == null
                ? course.plan().roles().stream().map(Role::id).toList()
                : List.of(window.role());
        return new Question(
                window.id(),
                Question.Kind.WINDOW,
                "Window '" + window.title() + "' has no clear verdict",
                List.of(problem),
                Text.sha256(window.id() + "\n" + problem),
                List.of(Verb.WAIVE, Verb.EXTEND, Verb.ROLLBACK, Verb.ABORT),
                roles,
                Waits.now(),
                Waits.now().plus(window.deadline()),
                Gates.words(silence),
                List.of());
    }

    /** Watches until there is a verdict, whatever ends the activity meanwhile. */
    private WindowResult watch(Soak.Window window, WatchInput first) {
        watching = true;
        try {
            return watchOn(window, first);
        } finally {
            watching = false;
            extension = null;
        }
    }

    private WindowResult watchOn(Soak.Window window, WatchInput first) {
        WatchInput input = first;
        while (true) {
            WatchInput current = input;
            course.journal().window(window.id(), record -> record.open(first.startsAt(), current.endsAt()));
            Watch watch = new Watch(window, current);
            Instant guard = current.endsAt().plus(current.maxExtension()).plus(grace(window));
            Waits.until(guard, "watch over: " + window.title(), () -> watch.ended() || extension != null);
            if (watch.ended()) {
                WindowResult result = watch.result();
                if (result != null) {
                    return result;
                }
                input = resumed(current, current.endsAt(), watch.lastKnown());
                Workflow.sleep(min(window.interval(), LONGEST_BACKOFF));
            } else if (extension != null) {
                WindowProgress seen = progress(window);
                WindowResult verdict = watch.cancel();
                if (verdict != null && verdict.verdict() == Verdict.FAILED) {
                    return verdict;
                }
                input = resumed(current, current.endsAt().plus(extra()), seen == null ? current.resume() : seen);
            } else {
                WindowResult verdict = watch.cancel();
                return verdict == null ? unseen(current) : verdict;
            }
        }
    }

    private WindowResult unseen(WatchInput input) {
        WindowProgress nothing = input.resume() == null ? WindowProgress.begin(input) : input.resume();
        int due = (int) (Duration.between(input.startsAt(), input.endsAt()).toSeconds()
                / Math.max(1, input.interval().toSeconds()));
        return WindowResult.of(input, nothing.withMissed(input, due, input.endsAt()), Waits.now());
    }

    private static Duration grace(Soak.Window window) {
        Duration five = window.interval().multipliedBy(5);
        return five.compareTo(LEAST_GRACE) > 0 ? five : LEAST_GRACE;
    }

    /** How the watch stood at its last look; null when nobody can say, and then its looks are taken again. */
    private @Nullable WindowProgress progress(Soak.Window window) {
        try {
            return Workflow.newActivityStub(SoakActivities.class, options(window, "read the watch's state", 3))
                    .progress(ref(window), workflowId, window.id());
        } catch (ActivityFailure e) {
            if (e.getCause() instanceof CanceledFailure canceled) {
                throw canceled;
            }
            course.journal().note("the state of window '" + window.id() + "' could not be read: " + Text.problem(e));
            return null;
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private StepRef ref(Soak.Window window) {
        return course.actions().at(window.id());
    }

    private ActivityOptions options(Soak.Window window, String summary, int attempts) {
        Duration backoff = min(window.interval(), LONGEST_BACKOFF);
        return ActivityOptions.newBuilder()
                .setTaskQueue(ReleaseWorkflow.queueOf(course.plan().environment()))
                .setStartToCloseTimeout(LOOK)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(Text.cut(summary, 200))
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(backoff)
                        .setMaximumInterval(backoff)
                        .setBackoffCoefficient(1)
                        .setMaximumAttempts(attempts)
                        .build())
                .build();
    }

    private WatchInput input(Soak.Window window, Instant from, Instant to, @Nullable WindowProgress resume) {
        SortedSet<String> steps = new TreeSet<>();
        List<WatchedCheck> checks = window.checks().stream()
                .map(soak::check)
                .map(check -> watched(check, steps))
                .toList();
        return new WatchInput(
                window.id(),
                window.title(),
                from,
                to,
                window.interval(),
                window.maxExtension(),
                checks,
                scope(steps),
                resume);
    }

    private WatchedCheck watched(Check check, SortedSet<String> steps) {
        for (String condition : new String[] {check.figure(), check.successCondition(), check.failureCondition()}) {
            if (condition != null) {
                steps.addAll(Expressions.stepsIn(condition));
            }
        }
        return WatchedCheck.of(check, course.scope().resolve(check.with()));
    }

    /** Values that conditions speak of: of the steps only those they name. */
    private Map<String, Object> scope(SortedSet<String> steps) {
        Map<String, Object> all = course.scope().values();
        Map<String, Object> named = new LinkedHashMap<>();
        if (all.get("steps") instanceof Map<?, ?> known) {
            steps.forEach(step -> {
                Object facts = known.get(Expressions.variableOf(step));
                if (facts != null) {
                    named.put(Expressions.variableOf(step), facts);
                }
            });
        }
        all.put("steps", named);
        Map<String, Object> plain = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            Object json = Values.toJson(value);
            if (json != null) {
                plain.put(name, json);
            }
        });
        return plain;
    }

    private static WatchInput resumed(WatchInput input, Instant endsAt, @Nullable WindowProgress seen) {
        return new WatchInput(
                input.window(),
                input.title(),
                input.startsAt(),
                endsAt,
                input.interval(),
                input.maxExtension(),
                input.checks(),
                input.scope(),
                seen);
    }

    /** One activity that watches. */
    private final class Watch {
        private final CancellationScope scope;
        private final WatchInput input;
        private @Nullable Promise<WindowResult> promise;
        private @Nullable WindowProgress lastKnown;

        Watch(Soak.Window window, WatchInput input) {
            this.input = input;
            SoakActivities watcher = Workflow.newActivityStub(SoakActivities.class, options(window, window.title(), 0));
            scope = Workflow.newCancellationScope(() -> promise = Async.function(watcher::watch, ref(window), input));
            scope.run();
        }

        private Promise<WindowResult> promise() {
            return java.util.Objects.requireNonNull(promise);
        }

        boolean ended() {
            return promise().isCompleted();
        }

        /** Ends the watch; its verdict if it had just come to one. */
        @Nullable
        WindowResult cancel() {
            scope.cancel("restarted");
            Promise<@Nullable WindowResult> end = promise().handle((result, failure) -> result);
            return end.get();
        }

        /** The verdict; null when the activity ended for any other cause, which is never a verdict. */
        @Nullable
        WindowResult result() {
            try {
                return promise().get();
            } catch (ActivityFailure e) {
                if (e.getCause() instanceof CanceledFailure canceled) {
                    throw canceled;
                }
                if (e.getCause() instanceof TimeoutFailure timeout) {
                    lastKnown = timeout.getLastHeartbeatDetails().get(WindowProgress.class);
                }
                course.journal()
                        .note("the watch of '" + input.window() + "' was lost and is taken up again: "
                                + Text.problem(e));
                return null;
            }
        }

        @Nullable
        WindowProgress lastKnown() {
            return lastKnown == null ? input.resume() : lastKnown;
        }
    }
}
