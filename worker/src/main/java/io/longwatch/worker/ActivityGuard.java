package io.longwatch.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What holds for every activity: log lines name the release, the step and the attempt, what matters is counted, results
 * stay within their budget, and what nobody foresaw reaches the history without the text of a foreign exception, which
 * could hold a secret.
 */
final class ActivityGuard extends WorkerInterceptorBase {
    /** Name of a failure that no action foresaw. Retried. */
    static final String UNEXPECTED = "Unexpected";

    private static final Logger LOGGER = LoggerFactory.getLogger(ActivityGuard.class);
    private static final List<String> KEYS = List.of("activity", "release", "environment", "step", "attempt");
    private static final String UNDO = ".undo";
    private static final int RESULT_BUDGET = 8 * 1024;
    private static final int WINDOW_BUDGET = 64 * 1024;
    private static final List<Class<? extends RuntimeException>> WORDED_BY_JAVA = List.of(
            NullPointerException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            ArithmeticException.class);

    private final Meters meters;
    private final Clock clock;

    /**
     * A guard.
     *
     * @param clock the time actions read
     */
    ActivityGuard(Meters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Guarded(next);
    }

    private final class Guarded extends ActivityInboundCallsInterceptorBase {
        private @Nullable LookMeter context;

        Guarded(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext newContext) {
            LookMeter metered = new LookMeter(newContext, meters, clock);
            context = metered;
            super.init(metered);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            LookMeter metered = Objects.requireNonNull(context);
            String type = metered.getInfo().getActivityType();
            StepRef step = stepOf(input);
            describe(type, metered.getInfo().getAttempt(), step);
            try {
                if (step != null
                        && input.getArguments().length > 1
                        && input.getArguments()[1] instanceof WatchInput watch) {
                    metered.begin(step, watch);
                }
                ActivityOutput output = super.execute(input);
                requireWithinBudget(type, output.getResult());
                count(step, output.getResult());
                return output;
            } catch (ActivityWorkerShutdownException handedOver) {
                throw Failures.unavailable("the worker that ran it was asked to end before it was done", null);
            } catch (TemporalException named) {
                countFailedUndo(type, step, named);
                throw named;
            } catch (SecretMissing e) {
                throw Failures.unavailable(e.inWords(), null);
            } catch (RuntimeException e) {
                throw unexpected(type, e);
            } finally {
                KEYS.forEach(MDC::remove);
            }
        }
    }

    private static @Nullable StepRef stepOf(ActivityInboundCallsInterceptor.ActivityInput input) {
        Object[] arguments = input.getArguments();
        return arguments.length > 0 && arguments[0] instanceof StepRef step ? step : null;
    }

    private static void describe(String type, int attempt, @Nullable StepRef step) {
        MDC.put("activity", type);
        MDC.put("attempt", String.valueOf(attempt));
        if (step != null) {
            MDC.put("release", step.release());
            MDC.put("environment", step.environment());
            MDC.put("step", step.step());
        }
    }

    private void count(@Nullable StepRef step, @Nullable Object result) {
        if (step == null) {
            return;
        }
        if (result instanceof WindowResult window) {
            meters.judged(step.environment(), window.verdict());
        } else if (result instanceof UndoResult undo) {
            meters.undone(step.environment(), undo.outcome());
        }
    }

    private void countFailedUndo(String type, @Nullable StepRef step, TemporalException failure) {
        boolean forGood = failure instanceof ApplicationFailure named && named.isNonRetryable();
        if (forGood && step != null && type.endsWith(UNDO)) {
            meters.undoFailed(step.environment());
        }
    }

    private static void requireWithinBudget(String type, @Nullable Object result) {
        int budget = result instanceof WindowResult ? WINDOW_BUDGET : RESULT_BUDGET;
        int size = sizeOf(result);
        if (size > budget) {
            throw Failures.terminal(
                    Failures.UNRECORDABLE,
                    "the result of " + type + " has " + size + " bytes and may have " + budget
                            + "; ask for less in the step's inputs",
                    null);
        }
    }

    private static int sizeOf(@Nullable Object result) {
        try {
            return Json.mapper().writeValueAsBytes(result).length;
        } catch (JsonProcessingException e) {
            throw Failures.terminal(
                    Failures.UNRECORDABLE, "the result cannot be written as JSON: " + e.getOriginalMessage(), null);
        }
    }

    private static ApplicationFailure unexpected(String type, RuntimeException e) {
        Throwable root = rootOf(e);
        String where = Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.longwatch."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        String words =
                WORDED_BY_JAVA.stream().anyMatch(known -> known.isInstance(root)) ? ": " + root.getMessage() : "";
        String message = type + " failed in a way it does not foresee: "
                + root.getClass().getName() + where + words;
        LOGGER.atError()
                .addKeyValue("exception", root.getClass().getName())
                .addKeyValue(
                        "stack",
                        Arrays.stream(root.getStackTrace())
                                .limit(20)
                                .map(Object::toString)
                                .toList())
                .log("activity failed unexpectedly");
        return ApplicationFailure.newBuilder()
                .setMessage(message)
                .setType(UNEXPECTED)
                .build();
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
