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
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A release from its start to its end. */
public final class ReleaseRun implements ReleaseWorkflow {
    private static final String RELEASED = "released";

    private final Course course;
    private final Admission admission;
    private final Takeover takeover;
    private final Forward forward;
    private final RollbackRun rollback;
    private final LedgerPages ledgerPages;
    private Handover.Next next = Handover.Next.HERE;
    private boolean begun;
    private int ahead;
    private int heard;

    @WorkflowInit
    public ReleaseRun(ReleaseRequest request) {
        String workflowId = Workflow.getInfo().getWorkflowId();
        Journal journal = Journal.of(request, Waits.now());
        Actions actions = new Actions(request.release(), request.plan().environment());
        Stops stops = new Stops();
        Edition edition = new Edition();
        Announcer announcer = new Announcer(journal, actions.at("release"), workflowId, edition);
        SoakDoor soakDoor = new SoakDoor();
        Commands commands = new Commands(journal, stops, soakDoor, announcer, edition);
        Desk desk = new Desk(journal, announcer, commands, actions.at("release"), edition);
        course = new Course(
                journal,
                Contracts.catalog(),
                actions,
                new Scope(journal, Contracts.catalog(), Expressions.shared()),
                new Effects(journal),
                desk,
                announcer,
                stops,
                edition);
        admission = new Admission(journal, actions.at("release"), edition);
        takeover = new Takeover(course);
        Borders borders = new Borders(journal);
        StepRunner steps = new StepRunner(course, borders);
        Soak soak = request.plan().soak();
        SoakRun soakRun = soak == null ? null : new SoakRun(course, soak, workflowId);
        soakDoor.run = soakRun;
        if (soakRun != null) {
            stops.lastly(soakRun::keepWhatWasSeen);
        }
        Points points = new Points(course);
        Gates gates = new Gates(course, new Preview(journal, course.effects()), points);
        forward = new Forward(course, steps, gates, new Attestations(course, points), borders, soakRun);
        rollback = new RollbackRun(course, steps);
        ledgerPages = new LedgerPages(journal, actions.at("release"), stops);
        if (request.carried() != null) {
            takeUp(request.carried(), gates);
        }
    }

    private void takeUp(Carried carried, Gates gates) {
        gates.takeUp(carried.shown(), carried.settled());
        course.effects().inheritance().takeUp(carried.inherited());
        course.effects().takeUp(carried.inputs(), course.catalog());
        if (carried.released()) {
            course.effects().keepTheRest(RELEASED);
        }
    }

    @Override
    public ReleaseOutcome run(ReleaseRequest request) {
        Page page = new Page(journal(), course.announcer()::threadLink, course.edition());
        journal().onChange(() -> {
            page.refresh();
            ledgerPages.changed();
        });
        journal().onBegin(page::draw);
        page.refresh();
        course.edition().begin();
        hearWhatCameAhead();
        ledgerPages.begin();
        Optional<String> refused = admission.refusal();
        announceStart(request);
        CanceledFailure nativeCancel = refused.isEmpty() ? goForward() : refuse(refused.get());
        boolean forwards = nativeCancel == null && course.stops().why() == null;
        if (forwards && next == Handover.Next.NEW_RUN) {
            forward.continueAsNew();
        }
        Workflow.newDetachedCancellationScope(() -> {
                    forward.join();
                    if (forwards && next == Handover.Next.BESIDE) {
                        journal()
                                .note("its place is free; its attestations go on in "
                                        + journal().continuedIn());
                        course.effects().keepTheRest(RELEASED);
                        course.announcer().finish();
                        ledgerPages.leave();
                    } else {
                        end(nativeCancel);
                        course.announcer().finish();
                        ledgerPages.finish();
                    }
                    Workflow.await(Workflow::isEveryHandlerFinished);
                })
                .run();
        return outcome(nativeCancel);
    }

    /**
     * Lets decisions that came ahead of the first task be judged before anything begins. The order in which handlers and
     * this thread are taken up may differ on a replay; so all of them get a turn before any of them acts.
     */
    private void hearWhatCameAhead() {
        Async.procedure(() -> begun = true).get();
        Workflow.await(() -> heard == ahead);
    }

    private void announceStart(ReleaseRequest request) {
        if (request.carried() != null) {
            course.announcer().goOn(request.carried().thread());
            return;
        }
        course.announcer()
                .begin(List.of(
                        "Release " + request.release() + ", asked for by "
                                + journal().requestedBy(),
                        request.now() ? "Begins at once" : "T = " + request.deployAt()));
    }

    /** Ends a release that may not begin. */
    private @Nullable CanceledFailure refuse(String why) {
        course.stops().end(new Stop.Abort(why));
        return null;
    }

    /** Runs forward; null unless the release was cancelled natively. */
    private @Nullable CanceledFailure goForward() {
        CancellationScope scope = Workflow.newCancellationScope(() -> {
            takeover.run();
            next = forward.run();
        });
        course.stops().guards(scope);
        try {
            scope.run();
        } catch (Stopped e) {
            return null;
        } catch (ExpressionFailed e) {
            course.endFor(e);
        } catch (CanceledFailure e) {
            return course.stops().why() == null ? e : null;
        }
        return null;
    }

    private void end(@Nullable CanceledFailure nativeCancel) {
        Stop why = nativeCancel == null ? course.stops().why() : cancelled();
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
            course.effects().keepTheRest(RELEASED);
            journal().enter(ReleaseState.SUCCEEDED, null);
            announceEnd(Announcement.Tone.GOOD);
        }
    }

    private Stop cancelled() {
        String why = "cancelled from outside";
        return journal().released() ? new Stop.Abort(why) : new Stop.RollBack(why);
    }

    private void announceEnd(Announcement.Tone tone) {
        String reason = journal().reason();
        List<String> lines = new ArrayList<>();
        if (reason != null) {
            lines.add(reason);
        }
        journal().effects().forEach(effect -> lines.add(effect.title() + ": " + effect.state()));
        course.announcer()
                .say("end", journal().plan().title() + ": " + journal().state(), lines, tone);
    }

    private ReleaseOutcome outcome(@Nullable CanceledFailure nativeCancel) {
        ReleaseOutcome outcome = new ReleaseOutcome(
                journal().request().release(),
                journal().state(),
                journal().reason(),
                journal().effects(),
                journal().continuedIn(),
                journal().state() == ReleaseState.SUPERSEDED ? course.effects().waysBack() : List.of());
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

    private DecisionOutcome judge(Decision decision) {
        if (begun) {
            return course.desk().decide(decision);
        }
        int turn = ahead++;
        Workflow.await(() -> begun && heard == turn);
        try {
            return course.desk().decide(decision);
        } finally {
            heard++;
        }
    }

    @Override
    public ReleaseRecord record() {
        return journal().record();
    }

    @Override
    public ReleaseRequest request() {
        return journal().request().asBegun();
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
        public boolean extend(Duration by) {
            return run != null && run.extend(by);
        }
    }
}
