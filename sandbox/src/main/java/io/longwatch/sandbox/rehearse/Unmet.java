package io.longwatch.sandbox.rehearse;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.Step;
import java.util.List;
import java.util.function.Predicate;

/** A plan with some expectations lifted. */
final class Unmet {
    private Unmet() {}

    static ReleasePlan lift(ReleasePlan plan, Predicate<ActionStep> unmet) {
        List<Phase> phases = plan.phases().stream()
                .map(phase -> new Phase(phase.id(), phase.title(), phase.start(), steps(phase.steps(), unmet)))
                .toList();
        Rollback rollback = new Rollback(
                plan.rollback().restore().stream()
                        .map(move -> new Rollback.Restore(
                                move.id(),
                                move.title(),
                                move.undoes(),
                                move.action() == null ? null : lift(move.action(), unmet),
                                move.covers()))
                        .toList(),
                plan.rollback().verify().stream().map(step -> lift(step, unmet)).toList(),
                plan.rollback().dataLoss().stream()
                        .map(step -> lift(step, unmet))
                        .toList());
        ReleasePlan lifted = plan.withSteps(phases, rollback);
        return lifted.channel() == null ? lifted.withChannel("rehearsal") : lifted;
    }

    private static List<Step> steps(List<Step> steps, Predicate<ActionStep> unmet) {
        return steps.stream().map(step -> step(step, unmet)).toList();
    }

    private static Step step(Step step, Predicate<ActionStep> unmet) {
        if (step instanceof ActionStep action) {
            return lift(action, unmet);
        }
        return step instanceof Parallel group
                ? new Parallel(group.id(), group.title(), group.when(), steps(group.steps(), unmet))
                : step;
    }

    private static ActionStep lift(ActionStep step, Predicate<ActionStep> unmet) {
        return new ActionStep(
                step.id(),
                step.title(),
                step.uses(),
                step.with(),
                unmet.test(step) ? null : step.expect(),
                step.when(),
                step.timeout(),
                step.maxAttempts(),
                step.undo(),
                step.irreversible(),
                step.confirm(),
                step.onFailure(),
                step.rollForward().stream().map(instead -> lift(instead, unmet)).toList(),
                step.validFor(),
                step.baseline(),
                step.covers());
    }
}
