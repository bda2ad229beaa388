package io.longwatch.release;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Effect;
import io.longwatch.contract.Failures;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ActionStep.OnFailure;
import io.longwatch.plan.Durations;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs an action step: inputs, way back, call, expectation; and asks people when it fails for good. */
final class StepRunner {
    private static final Duration FIRST_LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration LEAST_TIME = Duration.ofSeconds(1);
    /** What has no more time than this is not shown as it begins: drawing the page costs nearly half of calling a step. */
    private static final Duration SHORT = Duration.ofMinutes(5);

    /** What fails so had a precondition that no longer held, and changed nothing. */
    private static final Set<String> STALE = Set.of(Failures.REFUSED, Failures.CONFLICT);

    private final Course course;
    private final Borders borders;
    private final Recourse recourse;

    StepRunner(Course course, Borders borders) {
        this.course = course;
        this.borders = borders;
        this.recourse = new Recourse(course);
    }

    /**
     * Runs a step to a settled state.
     *
     * @throws Stopped if its failure ends the forward part of the release
     */
    void run(ActionStep step) {
        boolean again = true;
        boolean stale = false;
        while (again) {
            borders.cross(spec(step).hasEffect());
            journal().begin(step.id(), step.timeout().compareTo(SHORT) > 0);
            try {
                attempt(step, stale);
                journal().step(step.id(), record -> record.settled(StepState.PASSED, Waits.now(), null));
                again = false;
            } catch (ActivityFailure | StepFailed | ExpressionFailed e) {
                if (e.getCause() instanceof CanceledFailure canceled) {
                    throw canceled;
                }
                throwIfStopped(step, e);
                again = failed(step, e);
                stale = STALE.contains(String.valueOf(Text.lastType(e)));
            }
        }
    }

    /** Whether a step that has been run failed for good, and other steps are to run in its stead. */
    boolean rollsForward(ActionStep step) {
        return step.onFailure() == OnFailure.ROLL_FORWARD
                && journal().step(step.id()).state() == StepState.FAILED;
    }

    boolean reads(ActionStep step) {
        return !spec(step).hasEffect();
    }

    /**
     * Runs an action step within its timeout and attempts, without asking anybody; what fails is thrown. A call that is
     * repeated by the server and a look at an expectation that does not hold yet both count as attempts.
     */
    void attempt(ActionStep step) {
        attempt(step, false);
    }

    private void attempt(ActionStep step, boolean stale) {
        ActionSpec spec = spec(step);
        Instant end = Waits.now().plus(step.timeout());
        Duration pause = FIRST_LOOK_AGAIN;
        for (int left = step.maxAttempts(); ; left--) {
            Record result = spec.hasEffect() ? act(step, spec, stale) : read(step, spec, until(end), left);
            journal().result(step.id(), result, summary(result));
            if (step.expect() == null || course.scope().holds(step.expect(), result)) {
                recordBaseline(step, result);
                return;
            }
            if (spec.hasEffect() || left <= 1 || !Waits.now().plus(pause).isBefore(end)) {
                throw new StepFailed("expected " + step.expect() + "; found: " + summary(result));
            }
            Workflow.sleep(pause);
            pause = Durations.min(pause.multipliedBy(2), LAST_LOOK_AGAIN);
        }
    }

    private static Duration until(Instant end) {
        Duration left = Duration.between(Waits.now(), end);
        return Durations.max(left, LEAST_TIME);
    }

    private Record read(ActionStep step, ActionSpec spec, Duration timeout, int attempts) {
        return course.actions()
                .read(
                        spec,
                        step.id(),
                        step.title(),
                        timeout,
                        attempts,
                        course.scope().resolve(step.with()));
    }

    private Record act(ActionStep step, ActionSpec spec, boolean stale) {
        Effects.Way way = course.effects().way(step.id());
        Record before = way == null ? begin(step, spec) : stale ? readAnew(step, spec, way) : way.before();
        way = Objects.requireNonNull(course.effects().way(step.id()));
        Record result = course.actions()
                .act(spec, step.id(), step.title(), step.timeout(), step.maxAttempts(), way.input(), before);
        course.effects().done(step.id(), result, summary(result));
        return result;
    }

    /** Records the way back, unless the release was stopped while it was read: then nothing has begun. */
    private Record begin(ActionStep step, ActionSpec spec) {
        Map<String, Object> input = course.scope().resolve(step.with());
        Record before = course.actions().before(spec, step.id(), step.title(), input);
        if (CancellationScope.current().isCancelRequested() && Change.CANCELLED_IN_TIME.known()) {
            throw new CanceledFailure(
                    "cancelled: " + CancellationScope.current().getCancellationReason());
        }
        course.effects().begin(step, spec, input, before);
        return before;
    }

    /**
     * What the call of another try relies on when what was recorded stood against the last one: people may have repaired
     * the object since. The way back stays the one that was recorded ahead of the first try.
     */
    private Record readAnew(ActionStep step, ActionSpec spec, Effects.Way way) {
        return Change.READS_ANEW.known()
                ? course.actions().before(spec, step.id(), step.title(), way.input())
                : way.before();
    }

    private void recordBaseline(ActionStep step, Record result) {
        step.baseline().forEach((name, expression) -> {
            Object figure = course.scope().evaluate(expression, result);
            if (figure != null) {
                journal().baseline(name, figure);
            }
        });
    }

    static String summary(Record result) {
        return result instanceof ActionResult described ? described.summary() : result.toString();
    }

    /** What fails while the release is being stopped asks nobody and changes nothing about why. */
    private void throwIfStopped(ActionStep step, RuntimeException failure) {
        CancellationScope scope = CancellationScope.current();
        if (scope.isCancelRequested()) {
            journal().step(step.id(), record -> record.settled(StepState.FAILED, Waits.now(), Text.problem(failure)));
            throw new CanceledFailure("cancelled: " + scope.getCancellationReason());
        }
    }

    /** Settles a failure; true if the step is to be tried again. */
    private boolean failed(ActionStep step, RuntimeException failure) {
        String problem = Text.problem(failure);
        journal().step(step.id(), record -> record.settled(StepState.FAILED, Waits.now(), problem));
        journal().note("step '" + step.id() + "' failed: " + problem);
        return switch (policy(step, failure)) {
            case CONTINUE, ROLL_FORWARD -> false;
            case ROLLBACK -> throw course.stops().end(new Stop.RollBack("step '" + step.id() + "' failed: " + problem));
            case ABORT -> throw course.stops().end(new Stop.Abort("step '" + step.id() + "' failed: " + problem));
            case ASK -> recourse.again(step.id(), "Step '" + step.title() + "' failed", problem);
        };
    }

    private OnFailure policy(ActionStep step, RuntimeException failure) {
        if (unknown(spec(step), failure)) {
            return OnFailure.ASK;
        }
        if (step.onFailure() != null) {
            return step.onFailure();
        }
        return course.effects().servingBegun() ? OnFailure.ROLLBACK : OnFailure.ASK;
    }

    /** Whether nobody knows if the effect happened: of what is tried only once, unless the failure says that it did not. */
    private boolean unknown(ActionSpec spec, RuntimeException failure) {
        String type = Text.type(failure);
        boolean once = spec.effect() == Effect.AT_MOST_ONCE;
        boolean called = failure instanceof ActivityFailure activity
                && activity.getActivityType().equals(spec.name());
        boolean lost = once
                && failure.getCause() instanceof TimeoutFailure
                && (called || !course.edition().knowsWhatWasCalled());
        if (Failures.OUTCOME_UNKNOWN.equals(type) || lost) {
            return true;
        }
        return once && called && !Failures.nothingHappened(type) && Change.ASKS_WHEN_UNKNOWN.known();
    }

    private ActionSpec spec(ActionStep step) {
        return course.catalog().get(step.uses());
    }

    private Journal journal() {
        return course.journal();
    }
}
