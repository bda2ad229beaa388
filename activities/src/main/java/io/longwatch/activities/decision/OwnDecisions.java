package io.longwatch.activities.decision;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import java.util.Set;

/**
 * Judges decisions about the environments that a worker has, and those alone: releases of all environments share one queue,
 * and the configuration of another environment's worker names other people, or none.
 */
public final class OwnDecisions implements DecisionActivities {
    private final DecisionActivities judge;
    private final Set<String> environments;

    /**
     * @param judge knows the people of the worker's configuration
     * @param environments those that the configuration names
     */
    public OwnDecisions(DecisionActivities judge, Set<String> environments) {
        this.judge = judge;
        this.environments = Set.copyOf(environments);
    }

    @Override
    public Judgement judge(StepRef step, Decision decision) {
        return environments.contains(step.environment())
                ? judge.judge(step, decision)
                : Judgement.elsewhere(step.environment());
    }
}
