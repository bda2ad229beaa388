package io.longwatch.release;

import io.longwatch.expression.ExpressionFailed;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.Phase;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Step;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way forward: phase after phase on their T-minus clock, the soak beside those that follow the deploy phase. */
final class Forward {

    private final Course course;
    private final StepRunner steps;
    private final Gates gates;
    private final Attestations attestations;
    private final Confirmations confirmations;
    private final Borders borders;
    private final Schedule schedule;
    private final @Nullable SoakRun soak;
    private final Asides asides;
    private final Handover handover;
    private final List<Promise<Void>> threads = new ArrayList<>();
    private @Nullable Promise<Void> soaking;

    Forward(
            Course course,
            StepRunner steps,
            Gates gates,
            Attestations attestations,
            Borders borders,
            @Nullable SoakRun soak) {
        this.course = course;
        this.asides = new Asides(course, attestations, this::beside);
        this.handover = new Handover(course, gates, asides);
        this.steps = steps;
        this.gates = gates;
        this.attestations = attestations;
        this.borders = borders;
        this.confirmations = new Confirmations(course, steps, attestations, this::standIn);
        this.schedule =
                new Schedule(course, borders, new Refresh(course, steps, gates, confirmations, borders, this::standIn));
        this.soak = soak;
    }

    /**
     * Runs the release to its success, or to a border from which it goes on elsewhere; throws when something ends it
     * before. What an earlier run has done is not done again.
     */
    Handover.Next run() {
        asides.takeUp();
        for (Phase phase : course.plan().phases()) {
            if (journal().phase(phase.id()).endedAt() == null) {
                Handover.Next next = border(phase.start().anchor() == Phase.Anchor.SOAK);
                if (next != Handover.Next.HERE) {
                    return next;
                }
                runInTime(phase);
            }
        }
        Handover.Next next = border(true);
        if (next == Handover.Next.HERE) {
            signOff();
            asides.finish();
        }
        return next;
    }

    private void runInTime(Phase phase) {
        schedule.waitFor(phase);
        if (phase.deploys()) {
            schedule.prepareDeployment();
        }
        run(phase);
        if (phase.deploys()) {
            journal().deployed();
        }
    }

    /**
     * Between two phases: begins the soak behind the deployment, waits for its end where the next phase does, and says
     * where the release goes on. While a window is watched it goes on here.
     */
    private Handover.Next border(boolean afterSoak) {
        if (soakAhead()) {
            Handover.Next next = handover.at(false);
            if (next != Handover.Next.HERE) {
                return next;
            }
            beginSoak();
        }
        if (afterSoak) {
            finishSoak();
        }
        boolean watched = soaking != null && !soaking.isCompleted();
        return watched ? Handover.Next.HERE : handover.at(journal().deployedAt() != null);
    }

    /** Whether the release is deployed and its soak has not begun. */
    private boolean soakAhead() {
        return soak != null && soaking == null && journal().deployedAt() != null && soak.ahead();
    }

    /** Goes on in a new run. Does not return. */
    void continueAsNew() {
        handover.continueAsNew();
    }

    /** Waits for what was begun beside the main line, however it ends. */
    void join() {
        threads.forEach(thread -> thread.handle((done, failure) -> "ended").get());
    }

    private void run(Phase phase) {
        if (journal().course() == ReleaseState.SCHEDULED) {
            journal().enter(ReleaseState.RUNNING, null);
        }
        journal().phase(phase.id(), record -> record.started(Waits.now()));
        journal().note("phase '" + phase.title() + "' begins");
        List<Promise<Void>> asked = new ArrayList<>();
        phase.steps().forEach(step -> run(phase, step, asked));
        phase.steps().stream().flatMap(Step::flatten).forEach(step -> confirm(phase, step, asked));
        all(asked);
        journal().phase(phase.id(), record -> record.ended(ending(record), Waits.now()));
    }

    private static StepState ending(PhaseRecord phase) {
        boolean failed = phase.steps().stream().anyMatch(step -> step.state() == StepState.FAILED);
        boolean none = phase.steps().stream().allMatch(step -> step.state() == StepState.NOT_APPLICABLE);
        return failed ? StepState.FAILED : none ? StepState.NOT_APPLICABLE : StepState.PASSED;
    }

    /** Runs one entry; items are asked beside the steps that follow, required ones are waited for at the phase's end. */
    private void run(Phase phase, Step step, List<Promise<Void>> asked) {
        if (!applies(step)) {
            return;
        }
        if (step instanceof ActionStep action) {
            if (phase.deploys()) {
                schedule.prepare(action);
            }
            steps.run(action);
            rollForward(phase, action, asked);
        } else if (step instanceof Gate gate) {
            borders.cross(true);
            gates.open(gate);
        } else if (step instanceof ChecklistItem item) {
            attest(item, asked);
        } else if (step instanceof Parallel group) {
            all(group.steps().stream()
                    .map(child -> beside(() -> run(phase, child, asked)))
                    .toList());
        }
    }

    /** Runs what is to run in the stead of a step that failed. */
    private void rollForward(Phase phase, ActionStep step, List<Promise<Void>> asked) {
        if (steps.rollsForward(step)) {
            journal().note("rolls forward from '" + step.id() + "'");
            step.rollForward().forEach(instead -> run(phase, instead, asked));
        } else {
            step.rollForward().forEach(instead -> skip(instead, "'" + step.title() + "' has not failed"));
        }
    }

    private void standIn(Phase phase, ActionStep failed) {
        List<Promise<Void>> asked = new ArrayList<>();
        rollForward(phase, failed, asked);
        all(asked);
    }

    private void skip(Step step, String why) {
        step.flatten()
                .forEach(part -> journal()
                        .step(part.id(), record -> record.settled(StepState.NOT_APPLICABLE, Waits.now(), why)));
    }

    private void attest(ChecklistItem item, List<Promise<Void>> asked) {
        boolean waitedFor = item.required() || !Change.OPTIONAL_BESIDE.known();
        if (waitedFor) {
            asked.add(beside(() -> attestations.attest(item)));
        } else {
            asides.ask(item);
        }
    }

    private void confirm(Phase phase, Step step, List<Promise<Void>> asked) {
        if (step instanceof ActionStep action && confirmations.wanted(action)) {
            asked.add(beside(() -> confirmations.ask(phase, action)));
        }
    }

    private boolean applies(Step step) {
        String condition = step.when();
        if (condition == null || course.scope().holds(condition)) {
            return true;
        }
        skip(step, condition + " does not hold");
        return false;
    }

    private Promise<Void> beside(Functions.Proc work) {
        Promise<Void> thread = Async.procedure(() -> {
            try {
                work.apply();
            } catch (ExpressionFailed e) {
                throw course.endFor(e);
            }
        });
        threads.add(thread);
        return thread;
    }

    /** Waits for all; the first that failed is thrown when all have ended. */
    private static void all(List<Promise<Void>> running) {
        running.forEach(thread -> thread.handle((done, failure) -> "ended").get());
        running.forEach(Promise::get);
    }

    private void beginSoak() {
        Instant deployedAt = journal().deployedAt();
        if (soak != null && deployedAt != null) {
            soaking = beside(() -> soak.run(deployedAt));
        }
    }

    private void finishSoak() {
        if (soaking != null && !soaking.isCompleted()) {
            journal().enter(ReleaseState.SOAKING, null);
            soaking.get();
            journal().enter(ReleaseState.RUNNING, null);
        } else if (soaking != null) {
            soaking.get();
        }
    }

    private void signOff() {
        List<SignOff> signOffs = course.plan().signOffs();
        if (signOffs.isEmpty()) {
            return;
        }
        String phase = Agenda.signOffOf(course.plan());
        journal().phase(phase, record -> record.started(Waits.now()));
        all(signOffs.stream()
                .map(signOff -> beside(() -> attestations.sign(signOff)))
                .toList());
        journal().phase(phase, record -> record.ended(ending(record), Waits.now()));
    }

    private Journal journal() {
        return course.journal();
    }
}
