package io.longwatch.sandbox.prometheus.promql;

import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Functions over the samples of one series in a window, figured as Prometheus 2.42 figures them. */
final class RangeFunctions {
    private static final double EDGE = 1.1;
    private static final Comparator<Double> NAN_FIRST = Comparator.<Double>comparingInt(
                    number -> Double.isNaN(number) ? 0 : 1)
            .thenComparing(Comparator.naturalOrder());
    private final Run run;
    private final long from;
    private final long to;
    private final long now;

    /**
     * The samples of a window.
     *
     * @param from start of the window, after the offset
     * @param to its end
     * @param now instant of the evaluation
     */
    RangeFunctions(Run run, long from, long to, long now) {
        this.run = run;
        this.from = from;
        this.to = to;
        this.now = now;
    }

    OptionalDouble apply(String function, double parameter) {
        double[] numbers = run.numbers();
        return switch (function) {
            case "rate" -> extrapolated(true, true);
            case "increase" -> extrapolated(true, false);
            case "delta" -> extrapolated(false, false);
            case "irate" -> instantRate();
            case "deriv" -> run.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(line(run.times()[0])[0]);
            case "predict_linear" -> predicted(parameter);
            case "changes" -> OptionalDouble.of(steps(false));
            case "resets" -> OptionalDouble.of(steps(true));
            case "avg_over_time" -> DoubleStream.of(numbers).average();
            case "max_over_time" -> ignoringNaN(numbers).max();
            case "min_over_time" -> ignoringNaN(numbers).min();
            case "sum_over_time" -> OptionalDouble.of(DoubleStream.of(numbers).sum());
            case "count_over_time" -> OptionalDouble.of(numbers.length);
            case "last_over_time" -> OptionalDouble.of(numbers[numbers.length - 1]);
            case "present_over_time" -> OptionalDouble.of(1);
            case "quantile_over_time" -> OptionalDouble.of(quantile(parameter, numbers));
            default -> throw PromqlException.execution("function \"" + function + "\" has no evaluation");
        };
    }

    private static DoubleStream ignoringNaN(double[] numbers) {
        double[] real =
                DoubleStream.of(numbers).filter(number -> !Double.isNaN(number)).toArray();
        return DoubleStream.of(real.length == 0 ? new double[] {Double.NaN} : real);
    }

    /**
     * The difference of last and first sample, resets of a counter added, stretched to the edges of the window: all the
     * way to an edge that is near, half a sample's distance to one that is far, and never below a counter's zero.
     */
    private OptionalDouble extrapolated(boolean counter, boolean perSecond) {
        int last = run.size() - 1;
        if (last < 1) {
            return OptionalDouble.empty();
        }
        double difference = run.numbers()[last] - run.numbers()[0] + (counter ? lostInResets() : 0);
        double sampled = seconds(run.times()[last] - run.times()[0]);
        double distance = sampled / last;
        double toStart = seconds(run.times()[0] - from);
        if (counter && difference > 0 && run.numbers()[0] >= 0) {
            toStart = Math.min(toStart, sampled * (run.numbers()[0] / difference));
        }
        double toEnd = seconds(to - run.times()[last]);
        double stretched = sampled + reach(toStart, distance) + reach(toEnd, distance);
        double factor = stretched / sampled;
        return OptionalDouble.of(difference * (perSecond ? factor / seconds(to - from) : factor));
    }

    private static double reach(double gap, double distance) {
        return gap < distance * EDGE ? gap : distance / 2;
    }

    private double lostInResets() {
        double lost = 0;
        for (int i = 1; i < run.size(); i++) {
            if (run.numbers()[i] < run.numbers()[i - 1]) {
                lost += run.numbers()[i - 1];
            }
        }
        return lost;
    }

    private OptionalDouble instantRate() {
        int last = run.size() - 1;
        if (last < 1) {
            return OptionalDouble.empty();
        }
        double newest = run.numbers()[last];
        double former = run.numbers()[last - 1];
        double difference = newest < former ? newest : newest - former;
        return OptionalDouble.of(difference / seconds(run.times()[last] - run.times()[last - 1]));
    }

    private OptionalDouble predicted(double ahead) {
        if (run.size() < 2) {
            return OptionalDouble.empty();
        }
        double[] line = line(now);
        return OptionalDouble.of(line[0] * ahead + line[1]);
    }

    /** Slope per second, and height at {@code origin}, of the line of least squares. */
    private double[] line(long origin) {
        double[] numbers = run.numbers();
        if (DoubleStream.of(numbers).allMatch(number -> number == numbers[0])) {
            return Double.isInfinite(numbers[0]) ? new double[] {Double.NaN, Double.NaN} : new double[] {0, numbers[0]};
        }
        CompensatedSum xs = new CompensatedSum();
        CompensatedSum ys = new CompensatedSum();
        CompensatedSum products = new CompensatedSum();
        CompensatedSum squares = new CompensatedSum();
        for (int i = 0; i < numbers.length; i++) {
            double x = seconds(run.times()[i] - origin);
            xs.add(x);
            ys.add(numbers[i]);
            products.add(x * numbers[i]);
            squares.add(x * x);
        }
        double n = numbers.length;
        double x = xs.total();
        double y = ys.total();
        double slope = (products.total() - x * y / n) / (squares.total() - x * x / n);
        return new double[] {slope, y / n - slope * x / n};
    }

    private double steps(boolean onlyDown) {
        int steps = 0;
        for (int i = 1; i < run.size(); i++) {
            double former = run.numbers()[i - 1];
            double number = run.numbers()[i];
            boolean bothNaN = Double.isNaN(former) && Double.isNaN(number);
            steps += onlyDown ? (number < former ? 1 : 0) : (number != former && !bothNaN ? 1 : 0);
        }
        return steps;
    }

    /** The value below which a share of the numbers lies, between neighbours in proportion; what is no number is least. */
    static double quantile(double share, double[] numbers) {
        if (numbers.length == 0 || Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double[] sorted = DoubleStream.of(numbers)
                .boxed()
                .sorted(NAN_FIRST)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double rank = share * (sorted.length - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(sorted.length - 1, lower + 1);
        double weight = rank - lower;
        return sorted[lower] * (1 - weight) + sorted[upper] * weight;
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
