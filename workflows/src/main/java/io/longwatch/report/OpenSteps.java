package io.longwatch.report;

import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A record with what its running steps wait for. The release does not know it while the server tries their activities
 * again; who looks on reads it from the last failure of each.
 */
public final class OpenSteps {
    private static final int MOST = 2;

    private OpenSteps() {}

    /**
     * An activity that is tried again.
     *
     * @param type its type, such as {@code redis.ping} or {@code kubernetes.apply.before}
     * @param failure what its last attempt said
     */
    public record Retried(String type, String failure) {
        boolean belongsTo(StepRecord step) {
            return type.equals(step.uses()) || type.equals(step.uses() + ".before");
        }
    }

    /**
     * The record in which running steps say what they wait for. Steps of one action that run side by side cannot be told
     * apart, so each says what any of them waits for.
     */
    public static ReleaseRecord waiting(ReleaseRecord record, List<Retried> activities) {
        return activities.isEmpty()
                ? record
                : record.withPhases(waiting(record.phases(), activities), waiting(record.rollback(), activities));
    }

    private static List<PhaseRecord> waiting(List<PhaseRecord> phases, List<Retried> activities) {
        return phases.stream()
                .map(phase -> new PhaseRecord(
                        phase.id(),
                        phase.title(),
                        phase.start(),
                        phase.state(),
                        phase.startedAt(),
                        phase.endedAt(),
                        phase.steps().stream()
                                .map(step -> step.state() == StepState.RUNNING ? waiting(step, activities) : step)
                                .toList()))
                .toList();
    }

    private static StepRecord waiting(StepRecord step, List<Retried> activities) {
        Set<String> failures = new LinkedHashSet<>();
        activities.stream()
                .filter(activity -> activity.belongsTo(step))
                .limit(MOST)
                .forEach(activity -> failures.add(activity.failure()));
        return failures.isEmpty()
                ? step
                : new StepRecord(
                        step.id(),
                        step.title(),
                        step.uses(),
                        step.state(),
                        step.attempts(),
                        step.startedAt(),
                        step.endedAt(),
                        step.summary(),
                        String.join("; ", failures),
                        step.by(),
                        step.evidence(),
                        step.covers(),
                        step.before(),
                        step.result());
    }
}
