package io.longwatch.report;

import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.soak.Words;

/** What a check saw, in a line. */
final class CheckLine {
    private CheckLine() {}

    static String of(CheckVerdict check) {
        String seen = check.verdict() + " over " + check.measured() + " measurements";
        if (check.last() == null) {
            return check.message() == null ? seen : seen + ", " + check.message();
        }
        return seen + ", " + Words.figure(check.least(), "") + " to " + Words.figure(check.greatest(), check.unit());
    }
}
