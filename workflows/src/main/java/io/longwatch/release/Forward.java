package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.Phase;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Step;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way forward: phase after phase on their T-minus clock, the soak beside those that follow the deploy phase. */
final class Forward {
    private static final Duration RESCHEDULE = Duration.ofHours(4);
    private static final String LATE = "late";

    private final Course course;
    private final StepRunner steps;
    private final Gates gates;
    private final Attestations attestations;
    private final Borders borders;
    private final @Nullable SoakRun soak;
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
        this.handover = new Handover(course, gates);
        this.steps = steps;
        this.gates = gates;
        this.attestations = attestations;
        this.borders = borders;
        this.soak = soak;
    }

    /**
     * Runs the release to its success, or to a border from which it goes on elsewhere; throws when something ends it
     * before. What an earlier run has done is not done again.
     */
    Handover.Next run() {
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
        }
        return next;
    }

    private void runInTime(Phase phase) {
        waitFor(phase);
        if (phase.deploys()) {
            prepareDeployment();
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

    private void waitFor(Phase phase) {
        if (phase.start().anchor() != Phase.Anchor.DEPLOYMENT) {
            return;
        }
        Duration offset = phase.start().offset();
        if (journal().request().now() && deployStart() == null) {
            return;
        }
        Instant due = origin().plus(offset);
        while (Waits.now().isBefore(due)) {
            Instant planned = due;
            Waits.until(
                    planned,
                    phase.start() + ": " + phase.title(),
                    () -> !origin().plus(offset).equals(planned));
            due = origin().plus(offset);
        }
    }

    private Instant origin() {
        Instant begun = deployStart();
        return begun == null ? journal().deployAt() : begun;
    }

    private @Nullable Instant deployStart() {
        return journal().phase(course.plan().deployPhase().id()).startedAt();
    }

    /** Holds a deployment that would be too late, and looks again at what has aged by T. */
    private void prepareDeployment() {
        if (journal().request().now()) {
            journal().deployAt(Waits.now());
        }
        boolean ready = false;
        while (!ready) {
            borders.cross(true);
            if (late()) {
                askToReschedule();
            } else {
                refreshAged();
            }
            waitFor(course.plan().deployPhase());
            ready = !late() && !borders.closed();
        }
    }

    private boolean late() {
        return Waits.now().isAfter(journal().deployAt().plus(course.plan().latestStart()));
    }

    private void askToReschedule() {
        String why = "T was " + journal().deployAt() + "; the deployment may begin "
                + Durations.format(course.plan().latestStart()) + " later at the latest";
        journal().hold(LATE, why);
        String title = "Too late to deploy: reschedule or abort?";
        Question question = Questions.about(course.plan(), Question.Kind.RESCHEDULE, "deployment-time", title)
                .showing(List.of(why, "reschedule --deploy-at TIME moves T"))
                .boundTo(Text.sha256(why))
                .taking(List.of(Verb.ABORT))
                .within(RESCHEDULE, Points.words(Outcome.ABORT));
        Answer answer = course.desk().ask(question, Rule.first(), () -> !late());
        if (late()) {
            throw course.stops().end(new Stop.Abort("too late to deploy: " + answer.inWords()));
        }
        journal().unhold(LATE, "T is now " + journal().deployAt());
    }

    private void refreshAged() {
        for (Phase phase : course.plan().phases()) {
            if (phase.deploys()) {
                return;
            }
            phase.steps().stream().flatMap(Step::flatten).forEach(this::refresh);
        }
    }

    private void refresh(Step step) {
        if (step instanceof ActionStep action && steps.reads(action) && aged(action)) {
            journal().note("'" + action.id() + "' has aged and is looked at again");
            steps.run(action);
            reconfirm(action);
        }
        if (step instanceof Gate gate && journal().step(gate.id()).state() == StepState.PASSED && !gates.stands(gate)) {
            journal().note("what gate '" + gate.id() + "' showed has changed; it is asked again");
            borders.cross(true);
            gates.open(gate);
        }
    }

    private void reconfirm(ActionStep step) {
        if (step.confirm() != null && journal().step(step.id()).state() == StepState.PASSED) {
            attestations.confirm(step);
        }
    }

    private boolean aged(ActionStep step) {
        StepRecord record = journal().step(step.id());
        return step.validFor() != null
                && record.state() == StepState.PASSED
                && record.endedAt() != null
                && record.endedAt().plus(step.validFor()).isBefore(Waits.now());
    }

    private void run(Phase phase) {
        if (journal().course() == ReleaseState.SCHEDULED) {
            journal().enter(ReleaseState.RUNNING, null);
        }
        journal().phase(phase.id(), record -> record.started(Waits.now()));
        journal().note("phase '" + phase.title() + "' begins");
        List<Promise<Void>> asked = new ArrayList<>();
        phase.steps().forEach(step -> run(step, asked));
        phase.steps().stream().flatMap(Step::flatten).forEach(step -> confirm(step, asked));
        all(asked);
        journal().phase(phase.id(), record -> record.ended(ending(record), Waits.now()));
    }

    private static StepState ending(PhaseRecord phase) {
        boolean failed = phase.steps().stream().anyMatch(step -> step.state() == StepState.FAILED);
        boolean none = phase.steps().stream().allMatch(step -> step.state() == StepState.NOT_APPLICABLE);
        return failed ? StepState.FAILED : none ? StepState.NOT_APPLICABLE : StepState.PASSED;
    }

    /** Runs one entry; items are asked beside the steps that follow and waited for at the phase's end. */
    private void run(Step step, List<Promise<Void>> asked) {
        if (!applies(step)) {
            return;
        }
        if (step instanceof ActionStep action) {
            steps.run(action);
        } else if (step instanceof Gate gate) {
            borders.cross(true);
            gates.open(gate);
        } else if (step instanceof ChecklistItem item) {
            asked.add(beside(() -> attestations.attest(item)));
        } else if (step instanceof Parallel group) {
            all(group.steps().stream()
                    .map(child -> beside(() -> run(child, asked)))
                    .toList());
        }
    }

    private void confirm(Step step, List<Promise<Void>> asked) {
        if (step instanceof ActionStep action
                && action.confirm() != null
                && journal().step(action.id()).state() == StepState.PASSED) {
            asked.add(beside(() -> attestations.confirm(action)));
        }
    }

    private boolean applies(Step step) {
        String condition = step.when();
        if (condition == null || course.scope().holds(condition)) {
            return true;
        }
        step.flatten()
                .forEach(part -> journal()
                        .step(
                                part.id(),
                                record -> record.settled(
                                        StepState.NOT_APPLICABLE, Waits.now(), condition + " does not hold")));
        return false;
    }

    private Promise<Void> beside(Functions.Proc work) {
        Promise<Void> thread = Async.procedure(() -> {
            try {
                work.apply();
            } catch (ExpressionFailed e) {
                String why = "the plan asks for what is not there: " + e.getMessage();
                throw course.stops()
                        .end(course.effects().servingBegun() ? new Stop.RollBack(why) : new Stop.Abort(why));
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
        journal().phase(Agenda.SIGN_OFF, phase -> phase.started(Waits.now()));
        all(signOffs.stream()
                .map(signOff -> beside(() -> attestations.sign(signOff)))
                .toList());
        journal().phase(Agenda.SIGN_OFF, phase -> phase.ended(ending(phase), Waits.now()));
    }

    private Journal journal() {
        return course.journal();
    }
}
