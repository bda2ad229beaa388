package io.longwatch.release;

import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.temporal.workflow.Workflow;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a release adds to the worker's metrics. A replay adds nothing. */
final class Measures {
    private Measures() {}

    /** A question is put. */
    static void asked(String environment, Question question) {
        scope(environment, question, Map.of())
                .counter("longwatch_questions_asked")
                .inc(1);
    }

    /** A question was open until now: answered, silent to its deadline, or no longer to be asked. */
    static void waited(String environment, Question question, @Nullable Answer answer, boolean moot) {
        Verb verb = answer == null ? null : answer.verb();
        String end = verb == null ? (moot ? "moot" : "deadline") : verb.word();
        long millis = Waits.now().toEpochMilli() - question.askedAt().toEpochMilli();
        scope(environment, question, Map.of("end", end))
                .timer("longwatch_question_waiting")
                .record(Duration.ofMillis((double) millis));
    }

    /** A release's last page was given up, so that it is not whole in the ledger. */
    static void lostPage(String environment) {
        Workflow.getMetricsScope()
                .tagged(Map.of("environment", environment))
                .counter("longwatch_ledger_pages_lost")
                .inc(1);
    }

    private static Scope scope(String environment, Question question, Map<String, String> more) {
        String kind = question.kind().name().toLowerCase(Locale.ROOT);
        return Workflow.getMetricsScope()
                .tagged(Map.of("environment", environment, "kind", kind))
                .tagged(more);
    }
}
