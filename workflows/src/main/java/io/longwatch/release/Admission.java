package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.plan.Durations;
import io.longwatch.plan.PlanDigest;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a release may begin: whoever can write to the namespace can start a workflow with any request, so it is judged
 * before anything is done. Where people are configured, its request carries the proof of who asks for it, and of what.
 */
final class Admission {
    /** Longest between a request's signature and its start; clocks of two machines differ by less. */
    private static final Duration AT_ONCE = Duration.ofMinutes(15);

    private final Journal journal;
    private final StepRef ref;
    private final Edition edition;

    Admission(Journal journal, StepRef ref, Edition edition) {
        this.journal = journal;
        this.ref = ref;
        this.edition = edition;
    }

    /** Why the release may not begin, or empty; notes who asked for it. */
    Optional<String> refusal() {
        ReleaseRequest request = journal.request();
        Optional<String> unknown = unknown(request);
        if (unknown.isPresent() || !edition.binds()) {
            return unknown;
        }
        return request.carried() == null ? judged(request) : forged();
    }

    private static Optional<String> unknown(ReleaseRequest request) {
        List<String> unknown = new ArrayList<>(request.requires());
        unknown.removeAll(ReleaseRequest.KNOWN);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("this worker does not know what the release requires: " + unknown);
    }

    private Optional<String> judged(ReleaseRequest request) {
        Decision claim = request.claim();
        Optional<String> tooLarge = claim.tooLarge();
        if (tooLarge.isPresent()) {
            return tooLarge.map(why -> "nobody is known to have asked for it: " + why);
        }
        Judgement judgement = Judges.judge(ref, claim, edition.judgesAtHome());
        if (!judgement.authentic()) {
            return Optional.of("nobody is known to have asked for it: "
                    + Objects.requireNonNullElse(judgement.refusal(), "it has no valid proof"));
        }
        boolean proved = !Judgement.NAMESPACE.equals(judgement.trust());
        if (proved && edition.bindsTheRun() && late(request)) {
            return Optional.of("it was asked for at " + Text.time(request.requestedAt()) + " and begun at "
                    + Text.time(begun()) + "; what is signed is begun within " + Durations.format(AT_ONCE)
                    + ", so that nobody begins it again: start it anew");
        }
        if (proved && !hasItsDigest(request)) {
            return Optional.of("its plan and parameters are not those that " + judgement.person() + " signed");
        }
        String name = Objects.requireNonNullElse(judgement.person(), request.requester());
        journal.requestedBy(Objects.requireNonNullElse(judgement.id(), name), name);
        return Optional.empty();
    }

    private static boolean late(ReleaseRequest request) {
        return begun().isAfter(request.requestedAt().plus(AT_ONCE));
    }

    private static Instant begun() {
        return Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    }

    /** Kept in the history: a later build may know more of a plan, and would come to another digest. */
    private static boolean hasItsDigest(ReleaseRequest request) {
        return Workflow.sideEffect(
                Boolean.class,
                () -> PlanDigest.of(request.plan(), request.parameters()).equals(request.planDigest()));
    }

    /** What a release carries vouches for gates that opened: only a run of Longwatch's own can have handed it on. */
    private static Optional<String> forged() {
        WorkflowInfo info = Workflow.getInfo();
        boolean handedOn = info.getContinuedExecutionRunId().isPresent()
                || info.getParentWorkflowId().isPresent();
        boolean byTheServer = info.getAttempt() > 1
                || (info.getCronSchedule() != null && !info.getCronSchedule().isEmpty());
        return handedOn && !byTheServer
                ? Optional.empty()
                : Optional.of("it says that it goes on from an earlier run, and none handed it on");
    }
}
