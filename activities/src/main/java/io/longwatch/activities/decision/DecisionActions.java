package io.longwatch.activities.decision;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges decisions by the people and proofs of this worker's configuration. Without people it trusts the namespace:
 * everyone is who they say they are.
 */
public final class DecisionActions implements DecisionActivities {
    /** Trust of a worker that has people. */
    static final String PEOPLE = "people";

    private final People people;
    private final Proofs proofs;
    private final Clock clock;

    public DecisionActions(People people, Proofs proofs, Clock clock) {
        this.people = people;
        this.proofs = proofs;
        this.clock = clock;
    }

    @Override
    public Judgement judge(StepRef step, Decision decision) {
        if (people.isEmpty()) {
            return new Judgement(true, decision.who(), decision.who(), List.of(), null, Judgement.NAMESPACE);
        }
        if (!step.release().equals(decision.release())) {
            return refused("it speaks of release " + decision.release() + "; this is " + step.release());
        }
        String refusal = new ProofCheck(proofs, clock).refusal(decision);
        if (refusal != null) {
            return refused(refusal);
        }
        return people.find(decision.channel(), decision.who())
                .map(person -> judged(person, decision))
                .orElseGet(() -> refused("nobody known here is '" + decision.who() + "' on " + decision.channel() + "; "
                        + (decision.channel().equals(Decision.CLI) ? "say who you are with --as LOGIN, or " : "")
                        + "add them to people in the worker's configuration"));
    }

    private Judgement judged(Person person, Decision decision) {
        String refusal = new ProofCheck(proofs, clock).refusalOf(person, decision);
        return refusal == null
                ? new Judgement(true, person.name(), person.id(), person.roles(), null, PEOPLE)
                : new Judgement(false, person.name(), person.id(), person.roles(), refusal, PEOPLE);
    }

    private static Judgement refused(@Nullable String refusal) {
        return new Judgement(false, null, null, List.of(), refusal, PEOPLE);
    }
}
