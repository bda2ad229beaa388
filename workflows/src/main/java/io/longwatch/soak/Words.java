package io.longwatch.soak;

import static java.util.stream.Collectors.joining;

import io.longwatch.plan.Durations;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was seen, in words: the message of a look and the summary of a window. */
public final class Words {
    private Words() {}

    static String of(Verdict verdict, List<WindowResult.CheckVerdict> checks, WindowProgress progress) {
        String culprits = checks.stream()
                .filter(check -> check.verdict() != Verdict.PASSED)
                .map(check -> check.title() + " " + check.verdict()
                        + (check.message() == null ? "" : " (" + withoutTitle(check) + ")"))
                .collect(joining("; "));
        int errors = checks.stream()
                .mapToInt(WindowResult.CheckVerdict::errors)
                .max()
                .orElse(0);
        String looks = looks(progress.looks())
                + (progress.backfilled() > 0 ? ", " + progress.backfilled() + " filled in" : "")
                + (progress.missed() > 0 ? ", " + progress.missed() + " missed" : "")
                + (errors > 0 ? ", " + errors + " of them without an answer" : "")
                + (progress.extension().isZero() ? "" : ", " + Durations.format(progress.extension()) + " longer");
        return verdict + ": " + looks + (culprits.isEmpty() ? "" : "; " + culprits);
    }

    /** So many looks. */
    public static String looks(int count) {
        return count == 1 ? "1 look" : count + " looks";
    }

    private static String withoutTitle(WindowResult.CheckVerdict check) {
        String message = String.valueOf(check.message());
        return message.startsWith(check.title() + " ")
                ? message.substring(check.title().length() + 1)
                : message;
    }

    /** One line about a look: each check with its last figure. */
    public static String look(WatchInput input, WindowProgress progress) {
        if (progress.lastLookAt() == null) {
            return "no look yet";
        }
        String seen = input.checks().stream()
                .map(check -> one(check, progress.of(check.id())))
                .collect(joining(", "));
        return "look " + progress.looks() + missed(progress) + ": " + seen;
    }

    private static String one(WatchedCheck check, CheckProgress progress) {
        if (progress.measured() == 0) {
            return check.title() + " not yet";
        }
        Verdict verdict = progress.verdict(check.limits());
        String state = verdict == Verdict.PASSED ? "" : " [" + verdict + "]";
        return check.title() + " " + figure(progress.last(), check.unit()) + failed(progress) + state;
    }

    private static String failed(CheckProgress progress) {
        return progress.failed() == 0 ? "" : " (" + progress.failed() + " of " + progress.measured() + " failed)";
    }

    private static String missed(WindowProgress progress) {
        return progress.missed() == 0 ? "" : " (" + progress.missed() + " missed)";
    }

    /** A figure with its unit: "41.2 ms", "-" for none. */
    public static String figure(@Nullable Double value, String unit) {
        if (value == null) {
            return "-";
        }
        String number = value == Math.rint(value) && Math.abs(value) < 1e12
                ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4g" : "%.1f", value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
