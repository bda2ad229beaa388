package io.longwatch.sandbox.rehearse;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Check;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a scenario may speak of.
 *
 * @param steps steps that can fail, among them {@code undo:} and a step for its undo
 * @param checks checks of the soak
 * @param subjects what people are asked about
 */
record ScenarioNames(Collection<String> steps, Collection<String> checks, Collection<String> subjects) {
    static ScenarioNames of(ReleasePlan plan) {
        Rollback rollback = plan.rollback();
        List<String> actions = plan.actionSteps().map(ActionStep::id).toList();
        List<String> backwards = Stream.of(
                        rollback.restore().stream().map(Rollback.Restore::id),
                        rollback.verify().stream().map(ActionStep::id),
                        rollback.dataLoss().stream().map(ActionStep::id))
                .flatMap(ids -> ids)
                .toList();
        TreeSet<String> steps = new TreeSet<>(actions);
        steps.addAll(backwards);
        actions.forEach(action -> steps.add("undo:" + action));
        Soak soak = plan.soak();
        TreeSet<String> subjects = new TreeSet<>(plan.steps().map(Step::id).toList());
        subjects.addAll(backwards);
        plan.signOffs().stream().map(SignOff::id).forEach(subjects::add);
        TreeSet<String> checks = new TreeSet<>();
        if (soak != null) {
            soak.windows().stream().map(Soak.Window::id).forEach(subjects::add);
            soak.checks().stream().map(Check::id).forEach(checks::add);
        }
        return new ScenarioNames(steps, checks, subjects);
    }
}
