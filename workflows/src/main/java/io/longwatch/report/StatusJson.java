package io.longwatch.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release's status for scripts: what {@code status --json} and {@code rehearse --json} print. Fields may be added,
 * never taken away.
 *
 * @param release release id
 * @param state how it stands
 * @param reason why, or absent
 * @param requester who asked for it
 * @param planDigest digest of plan and parameters
 * @param startedAt when it began
 * @param deployAt T
 * @param deployedAt end of the deploy phase, or absent
 * @param endedAt when it ended, or absent
 * @param phases in order
 * @param soak windows in order
 * @param rollback stages of the rollback, empty without one
 * @param boxes {@code total} and a count for each box state
 * @param effects every effect and what became of it
 * @param questions open ones
 */
public record StatusJson(
        String release,
        ReleaseState state,
        @Nullable String reason,
        String requester,
        String planDigest,
        Instant startedAt,
        Instant deployAt,
        @Nullable Instant deployedAt,
        @Nullable Instant endedAt,
        List<PhaseStatus> phases,
        List<WindowStatus> soak,
        List<PhaseStatus> rollback,
        Map<String, Integer> boxes,
        List<EffectStatus> effects,
        List<QuestionStatus> questions) {
    public StatusJson {
        phases = List.copyOf(phases);
        soak = List.copyOf(soak);
        rollback = List.copyOf(rollback);
        boxes = Collections.unmodifiableMap(new LinkedHashMap<>(boxes));
        effects = List.copyOf(effects);
        questions = List.copyOf(questions);
    }

    public static StatusJson of(ReleasePlan plan, ReleaseRecord record) {
        return new StatusJson(
                record.release(),
                record.state(),
                record.reason(),
                record.requester(),
                record.planDigest(),
                record.startedAt(),
                record.deployAt(),
                record.deployedAt(),
                record.endedAt(),
                record.phases().stream().map(PhaseStatus::of).toList(),
                record.soak().stream().map(WindowStatus::of).toList(),
                record.rollback().stream().map(PhaseStatus::of).toList(),
                counts(Boxes.of(plan, record)),
                record.effects().stream().map(EffectStatus::of).toList(),
                record.questions().stream().map(QuestionStatus::of).toList());
    }

    private static Map<String, Integer> counts(Boxes boxes) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("total", boxes.total());
        boxes.counts().forEach((state, count) -> counts.put(state.name(), count));
        return counts;
    }

    /** A phase or a stage of the rollback. */
    public record PhaseStatus(String id, String title, StepState state, List<StepStatus> steps) {
        public PhaseStatus {
            steps = List.copyOf(steps);
        }

        static PhaseStatus of(PhaseRecord phase) {
            return new PhaseStatus(
                    phase.id(),
                    phase.title(),
                    phase.state(),
                    phase.steps().stream().map(StepStatus::of).toList());
        }
    }

    /** A step of a phase. */
    public record StepStatus(
            String id,
            String title,
            StepState state,
            int attempts,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String summary,
            @Nullable String problem,
            @Nullable String by) {
        static StepStatus of(StepRecord step) {
            return new StepStatus(
                    step.id(),
                    step.title(),
                    step.state(),
                    step.attempts(),
                    step.startedAt(),
                    step.endedAt(),
                    step.summary(),
                    step.problem(),
                    step.by());
        }
    }

    /** A soak window; its verdict is null while it is open. */
    public record WindowStatus(
            String window,
            String title,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Verdict verdict,

            int looks,
            int missed,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String summary) {
        static WindowStatus of(WindowRecord window) {
            WindowResult result = window.result();
            return new WindowStatus(
                    window.window(),
                    window.title(),
                    window.verdict(),
                    result == null ? 0 : result.looks(),
                    result == null ? 0 : result.missed(),
                    window.startsAt(),
                    window.endsAt(),
                    result == null ? null : result.summary());
        }
    }

    /** An effect. */
    public record EffectStatus(String step, EffectState state) {
        static EffectStatus of(EffectRecord effect) {
            return new EffectStatus(effect.step(), effect.state());
        }
    }

    /** An open question. */
    public record QuestionStatus(
            String subject,
            Question.Kind kind,
            String title,
            String digest,
            List<Verb> verbs,
            List<String> roles,
            @Nullable Instant deadline) {
        public QuestionStatus {
            verbs = List.copyOf(verbs);
            roles = List.copyOf(roles);
        }

        static QuestionStatus of(Question question) {
            return new QuestionStatus(
                    question.subject(),
                    question.kind(),
                    question.title(),
                    question.digest(),
                    question.verbs(),
                    question.roles(),
                    question.deadline());
        }
    }
}
