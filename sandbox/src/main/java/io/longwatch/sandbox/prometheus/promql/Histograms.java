package io.longwatch.sandbox.prometheus.promql;

import io.longwatch.sandbox.prometheus.promql.Value.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** histogram_quantile over classic buckets. */
final class Histograms {
    private static final List<String> NOT_GROUPED_BY = List.of("le", Labels.NAME);

    private Histograms() {}

    static List<Point> quantile(double share, List<Point> points) {
        Map<Labels, NavigableMap<Double, Double>> histograms = new LinkedHashMap<>();
        for (Point point : points) {
            bound(point)
                    .ifPresent(upper -> histograms
                            .computeIfAbsent(point.labels().without(NOT_GROUPED_BY), key -> new TreeMap<>())
                            .merge(upper, point.number(), Double::sum));
        }
        List<Point> quantiles = new ArrayList<>();
        histograms.forEach((labels, buckets) -> quantiles.add(new Point(labels, quantile(share, buckets))));
        return quantiles;
    }

    private static Optional<Double> bound(Point bucket) {
        String le = bucket.labels().get("le");
        if (le.equals("+Inf") || le.equals("Inf")) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        try {
            return Optional.of(Double.parseDouble(le));
        } catch (NumberFormatException noBucket) {
            return Optional.empty();
        }
    }

    private static double quantile(double share, NavigableMap<Double, Double> buckets) {
        if (Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        int last = buckets.size() - 1;
        double[] bounds = new double[buckets.size()];
        double[] counts = new double[buckets.size()];
        int filled = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            bounds[filled] = bucket.getKey();
            counts[filled] = filled == 0 ? bucket.getValue() : Math.max(counts[filled - 1], bucket.getValue());
            filled++;
        }
        if (last < 1 || bounds[last] != Double.POSITIVE_INFINITY || counts[last] == 0 || Double.isNaN(counts[last])) {
            return Double.NaN;
        }
        return interpolated(share * counts[last], bounds, counts);
    }

    private static double interpolated(double rank, double[] bounds, double[] counts) {
        int last = bounds.length - 1;
        int bucket = 0;
        while (bucket < last && counts[bucket] < rank) {
            bucket++;
        }
        if (bucket == last) {
            return bounds[last - 1];
        }
        if (bucket == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double start = bucket == 0 ? 0 : bounds[bucket - 1];
        double below = bucket == 0 ? 0 : counts[bucket - 1];
        return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
    }
}
