package io.longwatch.system.release;

import io.longwatch.decision.Question;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a window of seconds leaves open where a worker or a server was away or the machine is busy, and people who look
 * into it may let pass.
 */
final class Doubt {
    /** The slowest of a hundred requests, three of which are real, is a figure of the machine. */
    private static final Set<String> LATENCY = Set.of("latency-at-start", "latency");

    private final WindowResult result;

    private Doubt(WindowResult result) {
        this.result = result;
    }

    /** About a window, if that is what people are asked. */
    static Optional<Doubt> in(ReleaseRecord now, Question question) {
        return question.kind() != Question.Kind.WINDOW
                ? Optional.empty()
                : now.soak().stream()
                        .filter(window -> window.window().equals(question.subject()))
                        .map(WindowRecord::result)
                        .filter(Objects::nonNull)
                        .map(Doubt::new)
                        .findFirst();
    }

    /** Whether no check saw more failures than the plan lets it. */
    boolean nothingIsAgainst() {
        return result.checks().stream().allMatch(check -> check.verdict() == Verdict.PASSED || check.failed() == 0);
    }

    /** Whether a part of the window was not seen when it was due. */
    boolean partWasUnseen() {
        return result.missed() + result.backfilled() > 0 || !result.uncovered().isZero();
    }

    /** Whether only latency, and figures that there is no data for, are unclear, or a time that nobody looked at. */
    boolean isOfABusyMachine() {
        List<CheckVerdict> unclear = result.checks().stream()
                .filter(check -> check.verdict() != Verdict.PASSED)
                .toList();
        return unclear.isEmpty() ? partWasUnseen() : unclear.stream().allMatch(Doubt::isBlurred);
    }

    private static boolean isBlurred(CheckVerdict check) {
        return check.verdict() == Verdict.INCONCLUSIVE
                && (LATENCY.contains(check.id()) || (check.noData() > 0 && check.failed() == 0));
    }
}
