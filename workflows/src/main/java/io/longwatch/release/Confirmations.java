package io.longwatch.release;

import io.longwatch.plan.ActionStep;

/** Has people confirm what steps have found; what they refuse and want tried again is looked at anew first. */
final class Confirmations {
    private final Course course;
    private final StepRunner steps;
    private final Attestations attestations;

    Confirmations(Course course, StepRunner steps, Attestations attestations) {
        this.course = course;
        this.steps = steps;
        this.attestations = attestations;
    }

    /** Asks until what a step has found is confirmed, waived or given up; an effect is not repeated for it. */
    void ask(ActionStep step) {
        while (wanted(step) && !attestations.confirm(step)) {
            if (steps.reads(step)) {
                steps.run(step);
            } else {
                course.journal().step(step.id(), record -> record.settled(StepState.PASSED, Waits.now(), null));
            }
        }
    }

    /** Whether somebody is to confirm a step, and it has found something. */
    boolean wanted(ActionStep step) {
        return step.confirm() != null && course.journal().step(step.id()).state() == StepState.PASSED;
    }
}
