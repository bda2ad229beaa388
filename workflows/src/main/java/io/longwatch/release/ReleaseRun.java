package io.longwatch.release;

import io.longwatch.actions.Contracts;
import io.longwatch.announce.Announcement;
import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.plan.Soak;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A release from its start to its end. */
public final class ReleaseRun implements ReleaseWorkflow {
    private final Course course;
    private final Forward forward;
    private final RollbackRun rollback;
    private boolean begun;

    @WorkflowInit
    public ReleaseRun(ReleaseRequest request) {
        String workflowId = Workflow.getInfo().getWorkflowId();
        Journal journal = new Journal(request, Waits.now());
        Actions actions = new Actions(request.release(), request.plan().environment());
        Stops stops = new Stops();
        Herald herald = new Herald(journal, actions.at("release"), workflowId);
        SoakDoor soakDoor = new SoakDoor();
        Commands commands = new Commands(journal, stops, soakDoor, herald);
        Desk desk = new Desk(journal, herald, commands, actions.at("release"));
        course = new Course(
                journal,
                Contracts.catalog(),
                actions,
                new Scope(journal, Contracts.catalog(), Expressions.shared()),
                new Effects(journal),
                desk,
                herald,
                stops);
        Borders borders = new Borders(journal);
        StepRunner steps = new StepRunner(course, borders);
        Soak soak = request.plan().soak();
        SoakRun soakRun = soak == null ? null : new SoakRun(course, soak, workflowId);
        soakDoor.run = soakRun;
        forward = new Forward(course, steps, new Gates(course, new Preview(journal)), borders, soakRun);
        rollback = new RollbackRun(course, steps);
    }

    @Override
    public ReleaseOutcome run(ReleaseRequest request) {
        Page page = new Page(journal(), course.herald()::threadLink);
        journal().onChange(page::refresh);
        page.refresh();
        announceStart(request);
        begun = true;
        CanceledFailure nativeCancel = goForward(request);
        Workflow.newDetachedCancellationScope(() -> {
                    forward.join();
                    end(nativeCancel);
                    course.herald().finish();
                    Workflow.await(Workflow::isEveryHandlerFinished);
                })
                .run();
        return outcome(nativeCancel);
    }

    private void announceStart(ReleaseRequest request) {
        course.herald()
                .begin(List.of(
                        "Release " + request.release() + ", asked for by " + request.requester(),
                        request.now() ? "Begins at once" : "T = " + request.deployAt()));
    }

    /** Runs forward; null unless the release was cancelled natively. */
    private @Nullable CanceledFailure goForward(ReleaseRequest request) {
        List<String> unknown = new ArrayList<>(request.requires());
        unknown.removeAll(ReleaseRequest.KNOWN);
        if (!unknown.isEmpty()) {
            course.stops().end(new Stop.Abort("this worker does not know what the release requires: " + unknown));
            return null;
        }
        CancellationScope scope = Workflow.newCancellationScope(forward::run);
        course.stops().guards(scope);
        try {
            scope.run();
        } catch (Stopped e) {
            return null;
        } catch (ExpressionFailed e) {
            endFor(e);
        } catch (CanceledFailure e) {
            return course.stops().why() == null ? e : null;
        }
        return null;
    }

    /** An expression of the plan that cannot be evaluated ends the release in its name rather than block it. */
    private void endFor(ExpressionFailed failure) {
        String why = "the plan asks for what is not there: " + failure.getMessage();
        course.stops().end(course.effects().servingBegun() ? new Stop.RollBack(why) : new Stop.Abort(why));
    }

    private void end(@Nullable CanceledFailure nativeCancel) {
        Stop why = nativeCancel == null ? course.stops().why() : new Stop.RollBack("cancelled from outside");
        if (why instanceof Stop.RollBack) {
            ReleaseState end = rollback.run(why.reason());
            journal().enter(end, why.reason());
            announceEnd(end == ReleaseState.ROLLED_BACK ? Announcement.Tone.ATTENTION : Announcement.Tone.BAD);
        } else if (why instanceof Stop.Abort) {
            course.effects().keepTheRest("stays: the release was aborted");
            journal().enter(ReleaseState.ABORTED, why.reason());
            announceEnd(Announcement.Tone.ATTENTION);
        } else if (why instanceof Stop.Supersede) {
            course.effects().keepTheRest("taken over by the newer release");
            journal().enter(ReleaseState.SUPERSEDED, why.reason());
            announceEnd(Announcement.Tone.NEUTRAL);
        } else {
            course.effects().keepTheRest("released");
            journal().enter(ReleaseState.SUCCEEDED, null);
            announceEnd(Announcement.Tone.GOOD);
        }
    }

    private void announceEnd(Announcement.Tone tone) {
        String reason = journal().reason();
        List<String> lines = new ArrayList<>();
        if (reason != null) {
            lines.add(reason);
        }
        journal().effects().forEach(effect -> lines.add(effect.title() + ": " + effect.state()));
        course.herald().say("end", journal().plan().title() + ": " + journal().state(), lines, tone);
    }

    private ReleaseOutcome outcome(@Nullable CanceledFailure nativeCancel) {
        ReleaseOutcome outcome = new ReleaseOutcome(
                journal().request().release(),
                journal().state(),
                journal().reason(),
                journal().effects());
        if (outcome.state() == ReleaseState.COMPENSATION_FAILED) {
            throw ApplicationFailure.newNonRetryableFailure(
                    String.valueOf(outcome.reason()), Failures.COMPENSATION_FAILED, outcome);
        }
        if (nativeCancel != null) {
            throw nativeCancel;
        }
        return outcome;
    }

    @Override
    public DecisionOutcome decide(@Nullable Decision decision) {
        if (decision == null) {
            throw Failures.terminal(Failures.DECISION_REFUSED, "there is no decision in it", null);
        }
        DecisionOutcome outcome = judge(decision);
        if (!outcome.accepted()) {
            throw Failures.terminal(Failures.DECISION_REFUSED, outcome.message(), null);
        }
        return outcome;
    }

    @Override
    public void decided(@Nullable Decision decision) {
        if (decision == null) {
            journal().note("a signal without a decision was ignored");
        } else {
            judge(decision);
        }
    }

    /** Waits for the release to begin: a decision ahead of its first task must not be judged before it, or it would not replay. */
    private DecisionOutcome judge(Decision decision) {
        Workflow.await(() -> begun);
        return course.desk().decide(decision);
    }

    @Override
    public ReleaseRecord record() {
        return journal().record();
    }

    @Override
    public ReleaseRequest request() {
        return journal().request();
    }

    @Override
    public @Nullable DecisionOutcome decision(String id) {
        return course.desk().outcome(id);
    }

    private Journal journal() {
        return course.journal();
    }

    /** Lets commands reach the soak, which is made after them. */
    private static final class SoakDoor implements Commands.SoakControl {
        private @Nullable SoakRun run;

        @Override
        public boolean extend(java.time.Duration by) {
            return run != null && run.extend(by);
        }
    }
}
