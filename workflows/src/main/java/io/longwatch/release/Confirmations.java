package io.longwatch.release;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Phase;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Has people confirm what steps have found; what they refuse and want tried again is looked at anew first. */
final class Confirmations {
    private final Course course;
    private final StepRunner steps;
    private final Attestations attestations;
    private final BiConsumer<Phase, ActionStep> instead;

    /**
     * Confirmations of a release.
     *
     * @param instead runs what stands in for a step that failed
     */
    Confirmations(Course course, StepRunner steps, Attestations attestations, BiConsumer<Phase, ActionStep> instead) {
        this.course = course;
        this.steps = steps;
        this.attestations = attestations;
        this.instead = instead;
    }

    /** Asks until what a step has found is confirmed, waived or given up; an effect is not repeated for it. */
    void ask(Phase phase, ActionStep step) {
        Instant found = course.journal().step(step.id()).endedAt();
        while (wanted(step) && !attestations.confirm(step)) {
            if (steps.reads(step)) {
                steps.run(step);
                found = course.journal().step(step.id()).endedAt();
                if (steps.rollsForward(step)) {
                    instead.accept(phase, step);
                }
            } else {
                Instant then = Objects.requireNonNullElseGet(found, Waits::now);
                course.journal().step(step.id(), record -> record.settled(StepState.PASSED, then, null));
            }
        }
    }

    /** Whether somebody is to confirm a step, and it has found something. */
    boolean wanted(ActionStep step) {
        return step.confirm() != null && course.journal().step(step.id()).state() == StepState.PASSED;
    }
}
