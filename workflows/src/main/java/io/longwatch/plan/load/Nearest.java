package io.longwatch.plan.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that someone most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean 'expect'?}, or nothing if no name is near. */
    public static String hint(String found, Collection<String> names) {
        return to(found, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The nearest of the names; empty if none is near enough to be meant. */
    static Optional<String> to(String found, Collection<String> names) {
        int most = found.length() < 4 ? 1 : found.length() < 10 ? 2 : 3;
        return names.stream()
                .filter(name -> distance(found, name) <= most || isBeginning(found, name))
                .min(Comparator.comparingInt((String name) -> distance(found, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isBeginning(String found, String name) {
        return found.length() >= 4 && name.toLowerCase(Locale.ROOT).startsWith(found.toLowerCase(Locale.ROOT));
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two names, whatever their case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
