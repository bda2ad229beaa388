package io.longwatch.release;

import io.longwatch.decision.Question;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a release knows of itself: what its query answers and what its report is made of.
 *
 * @param release release id
 * @param service what is released
 * @param environment where
 * @param title of the plan
 * @param state how it stands
 * @param reason why it stands so, or null
 * @param requester who asked for it
 * @param planDigest digest of plan and parameters
 * @param parameters values by name
 * @param compressed whether the time before T was compressed on purpose
 * @param startedAt when it began
 * @param deployAt T
 * @param deployedAt end of the deploy phase, or null
 * @param endedAt when it ended, or null
 * @param phases in order
 * @param soak windows in order
 * @param rollback stages of the rollback, empty without one
 * @param effects in the order they were begun
 * @param questions open ones
 * @param decisions in the order they were judged
 * @param baseline figures recorded, by name
 * @param timeline what happened, oldest first
 * @param continuedIn workflow in which its last attestations go on, once its place is free for the next release, or null
 */
public record ReleaseRecord(
        String release,
        String service,
        String environment,
        String title,
        ReleaseState state,
        @Nullable String reason,
        String requester,
        String planDigest,
        Map<String, Object> parameters,
        boolean compressed,
        Instant startedAt,
        Instant deployAt,
        @Nullable Instant deployedAt,
        @Nullable Instant endedAt,
        List<PhaseRecord> phases,
        List<WindowRecord> soak,
        List<PhaseRecord> rollback,
        List<EffectRecord> effects,
        List<Question> questions,
        List<DecisionRecord> decisions,
        Map<String, Object> baseline,
        List<Note> timeline,
        @Nullable String continuedIn) {
    public ReleaseRecord {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
        phases = List.copyOf(phases);
        soak = List.copyOf(soak);
        rollback = List.copyOf(rollback);
        effects = List.copyOf(effects);
        questions = List.copyOf(questions);
        decisions = List.copyOf(decisions);
        timeline = List.copyOf(timeline);
    }

    /** The same record with other windows. */
    public ReleaseRecord withSoak(List<WindowRecord> windows) {
        return with(phases, windows, rollback);
    }

    /** The same record with other phases and other stages of the rollback. */
    public ReleaseRecord withPhases(List<PhaseRecord> ofPlan, List<PhaseRecord> ofRollback) {
        return with(ofPlan, soak, ofRollback);
    }

    private ReleaseRecord with(List<PhaseRecord> ofPlan, List<WindowRecord> windows, List<PhaseRecord> ofRollback) {
        return new ReleaseRecord(
                release,
                service,
                environment,
                title,
                state,
                reason,
                requester,
                planDigest,
                parameters,
                compressed,
                startedAt,
                deployAt,
                deployedAt,
                endedAt,
                ofPlan,
                windows,
                ofRollback,
                effects,
                questions,
                decisions,
                baseline,
                timeline,
                continuedIn);
    }

    /** Steps of all phases and rollback stages. */
    public Stream<StepRecord> steps() {
        return Stream.concat(phases.stream(), rollback.stream()).flatMap(phase -> phase.steps().stream());
    }

    public Optional<StepRecord> step(String id) {
        return steps().filter(step -> step.id().equals(id)).findFirst();
    }
}
