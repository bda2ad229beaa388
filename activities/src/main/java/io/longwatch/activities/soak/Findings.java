package io.longwatch.activities.soak;

import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.Failures;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure says of what is watched. Only an answer is a finding: one that is not the expected one is FAILED, one
 * that says "not yet" is INCONCLUSIVE. All else, from no answer to a defect, is an ERROR of the check alone.
 */
final class Findings {
    private static final Logger LOGGER = LoggerFactory.getLogger(Findings.class);
    private static final int FRAMES = 20;

    private Findings() {}

    /**
     * The measurement that an action's failure is.
     *
     * @throws ActivityCompletionException if the attempt was cancelled or lost its lease, which is no measurement
     */
    static Measurement of(String action, RuntimeException failure) {
        if (failure instanceof ActivityCompletionException ended) {
            throw ended;
        }
        if (failure instanceof ApplicationFailure named) {
            return Measurement.of(outcome(String.valueOf(named.getType())), null, named.getOriginalMessage());
        }
        if (failure instanceof SecretMissing missing) {
            return error(missing.inWords());
        }
        if (failure instanceof ExpressionFailed || failure instanceof IllegalArgumentException) {
            return error(String.valueOf(failure.getMessage()));
        }
        return unforeseen(action, failure);
    }

    private static Outcome outcome(String type) {
        return switch (type) {
            case Failures.EXPECTATION -> Outcome.FAILED;
            case Failures.PENDING -> Outcome.INCONCLUSIVE;
            default -> Outcome.ERROR;
        };
    }

    /** The text of a foreign exception could hold a secret: it is not repeated. */
    private static Measurement unforeseen(String action, RuntimeException failure) {
        LOGGER.atError()
                .addKeyValue("action", action)
                .addKeyValue("exception", failure.getClass().getName())
                .addKeyValue(
                        "stack",
                        Arrays.stream(failure.getStackTrace())
                                .limit(FRAMES)
                                .map(Object::toString)
                                .toList())
                .log("a check failed unexpectedly");
        return error(action + " failed in a way it does not foresee: "
                + failure.getClass().getName());
    }

    private static Measurement error(String message) {
        return Measurement.of(Outcome.ERROR, null, message);
    }
}
