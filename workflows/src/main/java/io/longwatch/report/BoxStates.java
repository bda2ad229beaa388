package io.longwatch.report;

import io.longwatch.release.StepState;
import io.longwatch.soak.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The states of boxes and how they combine. */
final class BoxStates {
    /** As they are counted and shown. */
    static final List<StepState> ALL = List.of(
            StepState.PASSED,
            StepState.ATTESTED,
            StepState.WAIVED,
            StepState.NOT_APPLICABLE,
            StepState.FAILED,
            StepState.OPEN);

    private static final List<StepState> WEAKEST_FIRST =
            List.of(StepState.FAILED, StepState.OPEN, StepState.WAIVED, StepState.ATTESTED, StepState.PASSED);

    private BoxStates() {}

    /** The weakest; what does not apply counts only where nothing does; nothing at all is OPEN. */
    static StepState weakest(Stream<StepState> states) {
        List<StepState> all = states.toList();
        return all.stream()
                .filter(state -> state != StepState.NOT_APPLICABLE)
                .min(Comparator.comparingInt(WEAKEST_FIRST::indexOf))
                .orElse(all.isEmpty() ? StepState.OPEN : StepState.NOT_APPLICABLE);
    }

    static StepState of(StepState step) {
        return step.settled() ? step : StepState.OPEN;
    }

    static StepState of(@Nullable Verdict verdict) {
        if (verdict == null) {
            return StepState.OPEN;
        }
        return switch (verdict) {
            case PASSED -> StepState.PASSED;
            case WAIVED -> StepState.WAIVED;
            case FAILED -> StepState.FAILED;
            case BLIND, INCONCLUSIVE -> StepState.OPEN;
        };
    }

    static boolean ticks(StepState state) {
        return state == StepState.PASSED || state == StepState.ATTESTED || state == StepState.WAIVED;
    }
}
