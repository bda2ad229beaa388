package io.longwatch.report;

import io.longwatch.release.StepState;
import java.util.List;

/**
 * A box of the source checklist.
 *
 * @param number its place there, from 1
 * @param state PASSED, ATTESTED, WAIVED, NOT_APPLICABLE, FAILED or OPEN
 * @param coverings what answers it; for a parent the boxes under it
 */
public record Box(int number, StepState state, List<Covering> coverings) {
    public Box {
        coverings = List.copyOf(coverings);
    }

    static Box of(int number, List<Covering> coverings) {
        return new Box(number, BoxStates.weakest(coverings.stream().map(Covering::state)), coverings);
    }

    /** Whether it needs nobody's attention any more. */
    public boolean accountedFor() {
        return state != StepState.FAILED && state != StepState.OPEN;
    }
}
