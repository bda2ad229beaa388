package io.longwatch.plan.coverage;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import io.longwatch.plan.coverage.Covering.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything of a plan that says it covers a box, in the plan's order. */
final class Coverings {
    private final Map<Integer, List<Covering>> byBox = new TreeMap<>();

    Coverings(ReleasePlan plan) {
        plan.steps().forEach(step -> add(kindOf(step), step.id(), step.covers()));
        Soak soak = plan.soak();
        if (soak != null) {
            soak.checks().forEach(check -> add(Kind.CHECK, check.id(), check.covers()));
            soak.windows().forEach(window -> add(Kind.WINDOW, window.id(), window.covers()));
        }
        plan.rollback().restore().forEach(restore -> add(Kind.RESTORE, restore.id(), restore.covers()));
        plan.rollback().verify().forEach(step -> add(confirmedOr(step, Kind.VERIFY), step.id(), step.covers()));
        plan.rollback().dataLoss().forEach(step -> add(confirmedOr(step, Kind.DATA_LOSS), step.id(), step.covers()));
        plan.signOffs().forEach(signOff -> add(Kind.SIGN_OFF, signOff.id(), signOff.covers()));
    }

    Map<Integer, List<Covering>> byBox() {
        return byBox;
    }

    private void add(Kind kind, String id, List<Integer> covers) {
        covers.forEach(
                box -> byBox.computeIfAbsent(box, number -> new ArrayList<>()).add(new Covering(kind, id)));
    }

    private static Kind kindOf(Step step) {
        if (step instanceof ActionStep action) {
            return confirmedOr(action, Kind.STEP);
        }
        if (step instanceof Gate) {
            return Kind.GATE;
        }
        if (step instanceof ChecklistItem) {
            return Kind.ITEM;
        }
        throw new IllegalStateException("groups are opened: " + ((Parallel) step).id());
    }

    private static Kind confirmedOr(ActionStep step, Kind otherwise) {
        return step.confirm() == null ? otherwise : Kind.CONFIRMED_STEP;
    }
}
