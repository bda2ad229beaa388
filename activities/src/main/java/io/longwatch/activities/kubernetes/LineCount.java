package io.longwatch.activities.kubernetes;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.text.Masking;
import io.longwatch.text.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Counts lines, and those that match; keeps nothing of them but a few, masked. */
final class LineCount implements Consumer<String> {
    private static final int SAMPLE = 5;
    private static final int LONGEST_SHOWN = 200;
    private static final int LINES_PER_HEARTBEAT = 10_000;

    private final Pattern pattern;
    private final Invocation invocation;
    private final List<String> sample = new ArrayList<>();
    private long lines;
    private long matches;

    LineCount(Pattern pattern, Invocation invocation) {
        this.pattern = pattern;
        this.invocation = invocation;
    }

    @Override
    public void accept(String line) {
        lines++;
        if (lines % LINES_PER_HEARTBEAT == 0) {
            invocation.heartbeat(lines + " lines read");
        }
        if (pattern.matcher(line).find()) {
            matches++;
            if (sample.size() < SAMPLE) {
                sample.add(Bounded.cut(Masking.mask(line), LONGEST_SHOWN));
            }
        }
    }

    long lines() {
        return lines;
    }

    long matches() {
        return matches;
    }

    List<String> sample() {
        return List.copyOf(sample);
    }
}
