package io.longwatch.decision;

import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Checks who decides. Runs on the worker, whose configuration names the people. */
@ActivityInterface
public interface DecisionActivities {
    /**
     * Checks a decision's proof and finds the person and their roles, as of now. Reads only; a refusal is a result, not
     * a failure.
     */
    @ActivityMethod(name = "decision.judge")
    Judgement judge(StepRef step, Decision decision);
}
