package io.longwatch.release;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Phase;
import io.longwatch.plan.Step;
import java.util.function.BiConsumer;

/** Looks again, at T, at results that have aged, and asks again the gates that showed what has changed since. */
final class Refresh {
    private final Course course;
    private final StepRunner steps;
    private final Gates gates;
    private final Confirmations confirmations;
    private final Borders borders;
    private final BiConsumer<Phase, ActionStep> instead;

    /**
     * Looks again for a release.
     *
     * @param instead runs what stands in for a step that failed
     */
    Refresh(
            Course course,
            StepRunner steps,
            Gates gates,
            Confirmations confirmations,
            Borders borders,
            BiConsumer<Phase, ActionStep> instead) {
        this.course = course;
        this.steps = steps;
        this.gates = gates;
        this.confirmations = confirmations;
        this.borders = borders;
        this.instead = instead;
    }

    /** Goes through what has passed so far, to the end of the deploy phase at the furthest. */
    void lookAgain() {
        for (Phase phase : course.plan().phases()) {
            phase.steps().stream().flatMap(Step::flatten).forEach(step -> lookAgain(phase, step));
            if (phase.deploys()) {
                return;
            }
        }
    }

    private void lookAgain(Phase phase, Step step) {
        if (step instanceof ActionStep action && steps.reads(action) && aged(action)) {
            journal().note("'" + action.id() + "' has aged and is looked at again");
            steps.run(action);
            if (steps.rollsForward(action) && course.edition().standsInAtT()) {
                instead.accept(phase, action);
            }
            confirmations.ask(phase, action);
        }
        if (step instanceof Gate gate && journal().step(gate.id()).state() == StepState.PASSED && !gates.stands(gate)) {
            journal().note("what gate '" + gate.id() + "' showed has changed; it is asked again");
            borders.cross(true);
            gates.open(gate);
        }
    }

    private boolean aged(ActionStep step) {
        StepRecord record = journal().step(step.id());
        return step.validFor() != null
                && record.state() == StepState.PASSED
                && record.endedAt() != null
                && record.endedAt().plus(step.validFor()).isBefore(Waits.now());
    }

    private Journal journal() {
        return course.journal();
    }
}
