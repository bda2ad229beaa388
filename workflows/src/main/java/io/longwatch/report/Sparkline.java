package io.longwatch.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/** A series as a line of small bars: {@code ▁▂▁▃▇}. */
public final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String PLAIN = "_.-=+*#@";

    private Sparkline() {}

    public static String of(List<Double> series) {
        return of(series, series.size(), true);
    }

    /** The last {@code most} figures, as blocks or, where a terminal has none, as plain characters. */
    public static String of(List<Double> series, int most, boolean unicode) {
        List<Double> shown = series.subList(Math.max(0, series.size() - most), series.size());
        DoubleSummaryStatistics range =
                shown.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        StringBuilder line = new StringBuilder();
        for (double value : shown) {
            double spread = range.getMax() - range.getMin();
            int height = spread == 0 ? 0 : (int) Math.round((value - range.getMin()) / spread * 7);
            line.append((unicode ? BARS : PLAIN).charAt(height));
        }
        return line.toString();
    }
}
