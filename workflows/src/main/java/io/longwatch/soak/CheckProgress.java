package io.longwatch.soak;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a check stands within a window. Small: it travels in heartbeat details.
 *
 * @param id check id
 * @param measured measurements counted, errors included
 * @param passed of these PASSED
 * @param failed of these FAILED
 * @param inconclusive of these INCONCLUSIVE, NO_DATA counted as its rule says
 * @param noData of these without data
 * @param errors of these errors
 * @param errorsInRow errors since the last answer
 * @param successesInRow successes since the last other outcome
 * @param last last figure seen
 * @param least least figure seen
 * @param greatest greatest figure seen
 * @param series a bounded sample of the figures, oldest first
 * @param stride every how many measurements one is kept in the sample
 * @param message last thing that was not PASSED, in words
 */
public record CheckProgress(
        String id,
        int measured,
        int passed,
        int failed,
        int inconclusive,
        int noData,
        int errors,
        int errorsInRow,
        int successesInRow,
        @Nullable Double last,
        @Nullable Double least,
        @Nullable Double greatest,
        List<Double> series,
        int stride,
        @Nullable String message) {
    static final int MOST_SAMPLES = 32;

    public CheckProgress {
        series = List.copyOf(series);
    }

    public static CheckProgress begin(String id) {
        return new CheckProgress(id, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, List.of(), 1, null);
    }

    /** The state after one more measurement. */
    public CheckProgress with(Measurement measurement, CheckLimits limits) {
        Measurement.Outcome counted = counted(measurement.outcome(), limits);
        Double figure = measurement.figure();
        Sample sample = figure == null ? new Sample(series, stride) : sampled(figure);
        return new CheckProgress(
                id,
                measured + 1,
                passed + one(counted == Measurement.Outcome.PASSED),
                failed + one(counted == Measurement.Outcome.FAILED),
                inconclusive + one(counted == Measurement.Outcome.INCONCLUSIVE),
                noData + one(measurement.outcome() == Measurement.Outcome.NO_DATA),
                errors + one(counted == Measurement.Outcome.ERROR),
                counted == Measurement.Outcome.ERROR ? errorsInRow + 1 : 0,
                counted == Measurement.Outcome.PASSED ? successesInRow + 1 : 0,
                figure == null ? last : figure,
                figure == null ? least : Double.valueOf(least == null ? figure : Math.min(least, figure)),
                figure == null ? greatest : Double.valueOf(greatest == null ? figure : Math.max(greatest, figure)),
                sample.series(),
                sample.stride(),
                measurement.message() == null ? message : measurement.message());
    }

    private static Measurement.Outcome counted(Measurement.Outcome outcome, CheckLimits limits) {
        if (outcome != Measurement.Outcome.NO_DATA) {
            return outcome;
        }
        return switch (limits.onNoData()) {
            case INCONCLUSIVE -> Measurement.Outcome.INCONCLUSIVE;
            case PASSED -> Measurement.Outcome.PASSED;
            case FAILED -> Measurement.Outcome.FAILED;
        };
    }

    private static int one(boolean counts) {
        return counts ? 1 : 0;
    }

    private record Sample(List<Double> series, int stride) {}

    private Sample sampled(double figure) {
        if (measured % stride != 0) {
            return new Sample(series, stride);
        }
        List<Double> longer = new ArrayList<>(series);
        longer.add(figure);
        if (longer.size() <= MOST_SAMPLES) {
            return new Sample(longer, stride);
        }
        List<Double> thinned = new ArrayList<>();
        for (int i = 0; i < longer.size(); i += 2) {
            thinned.add(longer.get(i));
        }
        return new Sample(thinned, stride * 2);
    }

    /** Whether it needs no further looks: it failed, reached its count, or succeeded often enough in a row. */
    public boolean settled(CheckLimits limits) {
        return failed > limits.failureLimit()
                || (limits.count() > 0 && measured >= limits.count())
                || (limits.consecutiveSuccessLimit() > 0 && successesInRow >= limits.consecutiveSuccessLimit());
    }

    /** How it stands if the window ended now. */
    public Verdict verdict(CheckLimits limits) {
        if (failed > limits.failureLimit()) {
            return Verdict.FAILED;
        }
        if (errorsInRow > limits.consecutiveErrorLimit() || (measured > 0 && measured == errors)) {
            return Verdict.BLIND;
        }
        if (measured == 0 || inconclusive > limits.inconclusiveLimit() || passed == 0) {
            return Verdict.INCONCLUSIVE;
        }
        return Verdict.PASSED;
    }
}
