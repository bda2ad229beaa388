package io.longwatch.plan.load;

import io.longwatch.plan.Source;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Box numbers as plans write them: 7, and 21-38. */
final class Numbers {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})\\s*-\\s*(\\d{1,5})");

    private Numbers() {}

    /**
     * The numbers of one entry; empty if it is neither a number nor a range that runs upwards. Of what no checklist has
     * only the first is given, enough to say so.
     */
    static Optional<List<Integer>> of(Located node) {
        if (!(node instanceof Located.Scalar scalar)) {
            return Optional.empty();
        }
        if (scalar.value() instanceof Integer number) {
            return Optional.of(List.of(number));
        }
        Matcher range = RANGE.matcher(scalar.text());
        if (!range.matches()) {
            return Optional.empty();
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        return from > to
                ? Optional.empty()
                : Optional.of(IntStream.rangeClosed(from, Math.max(from, Math.min(to, Source.MOST_BOXES + 1)))
                        .boxed()
                        .toList());
    }
}
