package io.longwatch.soak;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.text.Bounded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a check stands within a window. Small, since it travels in heartbeat details: what is zero is left out, and {@link
 * #within} gives up samples and words before figures, and figures before counts.
 *
 * @param id check id
 * @param measured measurements counted, errors included
 * @param passed of these PASSED
 * @param failed of these FAILED
 * @param inconclusive of these INCONCLUSIVE, NO_DATA counted as its rule says
 * @param noData of these without data
 * @param errors of these errors
 * @param missed looks at it that nobody took and none can fill in
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
        @JsonInclude(Include.NON_DEFAULT) int measured,
        @JsonInclude(Include.NON_DEFAULT) int passed,
        @JsonInclude(Include.NON_DEFAULT) int failed,
        @JsonInclude(Include.NON_DEFAULT) int inconclusive,
        @JsonInclude(Include.NON_DEFAULT) int noData,
        @JsonInclude(Include.NON_DEFAULT) int errors,
        @JsonInclude(Include.NON_DEFAULT) int missed,
        @JsonInclude(Include.NON_DEFAULT) int errorsInRow,
        @JsonInclude(Include.NON_DEFAULT) int successesInRow,
        @Nullable Double last,
        @Nullable Double least,
        @Nullable Double greatest,
        List<Double> series,
        int stride,
        @Nullable String message) {
    static final int MOST_SAMPLES = 32;
    private static final int LEAST_SAMPLES = 8;
    private static final int LEAST_WORDS = 40;
    private static final MathContext SHOWN = new MathContext(6);

    public CheckProgress {
        series = series == null ? List.of() : List.copyOf(series);
        stride = Math.max(1, stride);
    }

    public static CheckProgress begin(String id) {
        return new CheckProgress(id, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, List.of(), 1, null);
    }

    /** The state after one more measurement; one that nobody took is none. */
    public CheckProgress with(Measurement measurement, CheckLimits limits) {
        return measurement.outcome() == Measurement.Outcome.MISSED ? missing() : measuring(measurement, limits);
    }

    private CheckProgress missing() {
        return copy(missed + 1, least, greatest, new Sample(series, stride), message);
    }

    private CheckProgress measuring(Measurement measurement, CheckLimits limits) {
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
                missed,
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

    private record Sample(List<Double> series, int stride) {
        /** Every other figure. */
        Sample thinned() {
            List<Double> every = new ArrayList<>();
            for (int i = 0; i < series.size(); i += 2) {
                every.add(series.get(i));
            }
            return new Sample(every, stride * 2);
        }
    }

    private Sample sampled(double figure) {
        if (measured % stride != 0) {
            return new Sample(series, stride);
        }
        List<Double> longer = new ArrayList<>(series);
        longer.add(rounded(figure));
        Sample sample = new Sample(longer, stride);
        return longer.size() <= MOST_SAMPLES ? sample : sample.thinned();
    }

    private static double rounded(double figure) {
        return Double.isFinite(figure) ? new BigDecimal(figure, SHOWN).doubleValue() : figure;
    }

    /**
     * The same state in at most so many bytes of JSON, as far as that can be: first the sample is thinned, then the
     * message is cut, then both are dropped, at last the least and greatest figure. Counts are always kept.
     */
    CheckProgress within(int bytes) {
        return size() <= bytes ? this : reduced(bytes);
    }

    private CheckProgress reduced(int bytes) {
        CheckProgress fitted = this;
        while (fitted.size() > bytes && fitted.series.size() > LEAST_SAMPLES) {
            fitted = fitted.thinned();
        }
        while (fitted.size() > bytes && fitted.words() > LEAST_WORDS) {
            fitted = fitted.saying(
                    Bounded.cut(String.valueOf(fitted.message), Math.max(LEAST_WORDS, fitted.words() / 2)));
        }
        while (fitted.size() > bytes && fitted.series.size() > 1) {
            fitted = fitted.thinned();
        }
        if (fitted.size() > bytes) {
            fitted = fitted.sampled(new Sample(List.of(), fitted.stride));
        }
        if (fitted.size() > bytes) {
            fitted = fitted.saying(null);
        }
        return fitted.size() > bytes ? fitted.showing(null, null) : fitted;
    }

    private int words() {
        return message == null ? 0 : message.length();
    }

    private int size() {
        try {
            return Json.mapper().writeValueAsBytes(this).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a check's progress is plain data", e);
        }
    }

    private CheckProgress thinned() {
        return sampled(new Sample(series, stride).thinned());
    }

    private CheckProgress sampled(Sample sample) {
        return copy(missed, least, greatest, sample, message);
    }

    private CheckProgress saying(@Nullable String words) {
        return copy(missed, least, greatest, new Sample(series, stride), words);
    }

    private CheckProgress showing(@Nullable Double smallest, @Nullable Double largest) {
        return copy(missed, smallest, largest, new Sample(series, stride), message);
    }

    private CheckProgress copy(
            int lost, @Nullable Double smallest, @Nullable Double largest, Sample sample, @Nullable String words) {
        return new CheckProgress(
                id,
                measured,
                passed,
                failed,
                inconclusive,
                noData,
                errors,
                lost,
                errorsInRow,
                successesInRow,
                last,
                smallest,
                largest,
                sample.series(),
                sample.stride(),
                words);
    }

    /** Looks at it that saw nothing. */
    int unseen() {
        return errors + missed;
    }

    /** Whether it needs no further looks: it failed, reached its count, or succeeded often enough in a row. */
    public boolean settled(CheckLimits limits) {
        return failed > limits.failureLimit()
                || (limits.count() > 0 && measured - errors >= limits.count())
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
