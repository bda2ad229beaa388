package io.longwatch.sandbox.prometheus.promql;

/**
 * A sum that carries along what rounding takes from it, by Neumaier's method. Prometheus sums so, and a slope, which is
 * what is left of two nearly equal products of sums, shows the difference in its eighth digit.
 */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double number) {
        double next = sum + number;
        lost += Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
        sum = next;
    }

    double total() {
        return sum + lost;
    }
}
