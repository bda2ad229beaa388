package io.longwatch.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step.
 *
 * @param id step id
 * @param title for people
 * @param uses action; {@code gate}, {@code item} or {@code sign-off}; of a step that takes an effect back the effect's
 *     action and {@code .undo}
 * @param state how it stands
 * @param attempts how often it was tried
 * @param startedAt when it was first tried
 * @param endedAt when it was settled
 * @param summary one line: the figure that matters, or who answered what
 * @param problem why it failed or does not apply
 * @param by person who answered for it
 * @param evidence what they showed
 * @param covers boxes of the source checklist
 * @param before what was recorded ahead of its effect
 * @param result what it found or did
 */
public record StepRecord(
        String id,
        String title,
        String uses,
        StepState state,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String summary,
        @Nullable String problem,
        @Nullable String by,
        @Nullable String evidence,
        List<Integer> covers,
        @Nullable JsonNode before,
        @Nullable JsonNode result) {
    public StepRecord {
        covers = List.copyOf(covers);
    }

    static StepRecord pending(String id, String title, String uses, List<Integer> covers) {
        return new StepRecord(
                id, title, uses, StepState.PENDING, 0, null, null, null, null, null, null, covers, null, null);
    }

    StepRecord started(Instant now) {
        return new StepRecord(
                id,
                title,
                uses,
                StepState.RUNNING,
                attempts + 1,
                startedAt == null ? now : startedAt,
                null,
                summary,
                problem,
                null,
                null,
                covers,
                before,
                result);
    }

    StepRecord waiting(String forWhat) {
        return new StepRecord(
                id,
                title,
                uses,
                StepState.WAITING,
                attempts,
                startedAt,
                null,
                summary,
                forWhat,
                by,
                evidence,
                covers,
                before,
                result);
    }

    StepRecord withBefore(JsonNode recorded) {
        return new StepRecord(
                id, title, uses, state, attempts, startedAt, endedAt, summary, problem, by, evidence, covers, recorded,
                result);
    }

    StepRecord withResult(JsonNode found, String inWords) {
        return new StepRecord(
                id, title, uses, state, attempts, startedAt, endedAt, inWords, problem, by, evidence, covers, before,
                found);
    }

    StepRecord settled(StepState end, Instant now, @Nullable String why) {
        return new StepRecord(
                id,
                title,
                uses,
                end,
                attempts,
                startedAt == null ? now : startedAt,
                now,
                summary,
                why,
                by,
                evidence,
                covers,
                before,
                result);
    }

    StepRecord answered(StepState end, Instant now, String person, @Nullable String shown, String inWords) {
        return new StepRecord(
                id,
                title,
                uses,
                end,
                attempts,
                startedAt == null ? now : startedAt,
                now,
                result == null || summary == null ? inWords : summary + "; " + inWords,
                end == StepState.PASSED || end == StepState.ATTESTED ? null : problem,
                person,
                shown,
                covers,
                before,
                result);
    }
}
