package io.longwatch.system.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * People who let what a busy machine blurs pass, and nothing else: the P99 latency, of which three real requests among a
 * hundred that are made up are the slowest percent, and figures that Prometheus has no data for in a window of seconds.
 * They count how often.
 */
final class BusyMachine {
    private static final Set<String> STEPS = Set.of("p99", "latency-sustained");

    private final List<String> passed = new ArrayList<>();

    Verb answer(ReleaseRecord record, Question question) {
        if (question.kind() == Question.Kind.FAILED_STEP && STEPS.contains(question.subject())) {
            passed.add(question.subject());
            return Verb.SKIP;
        }
        if (Doubt.in(record, question).filter(Doubt::isOfABusyMachine).isPresent()) {
            passed.add(question.subject() + "/latency");
            return Verb.WAIVE;
        }
        throw new AssertionError("nobody expected to be asked: " + question);
    }

    /** Steps, and checks of windows, that they let pass. */
    List<String> passed() {
        return List.copyOf(passed);
    }
}
