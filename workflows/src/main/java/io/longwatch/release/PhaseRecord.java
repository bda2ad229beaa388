package io.longwatch.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a phase, or of a stage of the rollback.
 *
 * @param id phase id
 * @param title for people
 * @param start when it begins, as the plan writes it
 * @param state PENDING, RUNNING, PASSED, FAILED or NOT_APPLICABLE
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param steps its steps, groups opened
 */
public record PhaseRecord(
        String id,
        String title,
        String start,
        StepState state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<StepRecord> steps) {
    public PhaseRecord {
        steps = List.copyOf(steps);
    }

    PhaseRecord started(Instant now) {
        return new PhaseRecord(id, title, start, StepState.RUNNING, startedAt == null ? now : startedAt, null, steps);
    }

    PhaseRecord ended(StepState end, Instant now) {
        return new PhaseRecord(id, title, start, end, startedAt, now, steps);
    }

    /** As it stands when the release ends in the middle of it: what was under way or asked stays open. */
    PhaseRecord cutOff(Instant now) {
        List<StepRecord> cut = leftOpen(now).steps();
        boolean failed = cut.stream().anyMatch(step -> step.state() == StepState.FAILED);
        return new PhaseRecord(id, title, start, failed ? StepState.FAILED : StepState.OPEN, startedAt, now, cut);
    }

    /** As it stands when the release ends after it: what nobody had to answer, and nobody answered, stays open. */
    PhaseRecord leftOpen(Instant now) {
        List<StepRecord> left = new ArrayList<>(steps);
        left.replaceAll(step -> step.state() == StepState.RUNNING || step.state() == StepState.WAITING
                ? step.settled(StepState.OPEN, now, "the release ended before it did")
                : step);
        return new PhaseRecord(id, title, start, state, startedAt, endedAt, left);
    }

    StepRecord step(String step) {
        for (StepRecord record : steps) {
            if (record.id().equals(step)) {
                return record;
            }
        }
        throw new IllegalArgumentException("no step " + step + " in " + id);
    }

    PhaseRecord with(StepRecord changed) {
        List<StepRecord> copy = new ArrayList<>(steps);
        copy.replaceAll(step -> step.id().equals(changed.id()) ? changed : step);
        return new PhaseRecord(id, title, start, state, startedAt, endedAt, copy);
    }
}
