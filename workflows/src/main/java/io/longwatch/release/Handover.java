package io.longwatch.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ActionStep.OnFailure;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Phase;
import io.longwatch.plan.Step;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.util.List;

/**
 * Where a release goes on at a border between phases: in this run; in a new one, when its history grows long; or beside
 * its place, when only attestations remain, so that the next release of the service need not wait for signatures.
 */
final class Handover {
    /** Most that a run may be started with; the server ends a release that exceeds its limit of 2 MiB. */
    private static final int MOST_BYTES = 1_500_000;

    private final Course course;
    private final Gates gates;
    private final Asides asides;
    private boolean refused;

    Handover(Course course, Gates gates, Asides asides) {
        this.course = course;
        this.gates = gates;
        this.asides = asides;
    }

    /** Where it goes on. */
    enum Next {
        HERE,
        NEW_RUN,
        BESIDE
    }

    /**
     * Decides at a border.
     *
     * @param soaked whether the release is deployed and the verdict of its soak, if it has one, is in
     */
    Next at(boolean soaked) {
        boolean beside = soaked && !refused && !journal().released() && onlyAttestationsRemain();
        if (!beside && !Workflow.getInfo().isContinueAsNewSuggested()) {
            return Next.HERE;
        }
        course.announcer().finish();
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (busy() || bytes(luggage(beside)) > MOST_BYTES) {
            return Next.HERE;
        }
        asides.withdraw();
        course.announcer().finish();
        Next next = saidMeanwhile() ? Next.HERE : beside ? startBeside() : Next.NEW_RUN;
        if (next == Next.HERE) {
            asides.takeUp();
        }
        return next;
    }

    private boolean busy() {
        return journal().held()
                || journal().questions().stream().anyMatch(question -> !asides.unanswered(question.subject()))
                || course.stops().why() != null;
    }

    /** Whether somebody said something to the release while it took leave of its channel. */
    private boolean saidMeanwhile() {
        if (!course.edition().losesNoCommand()) {
            return false;
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        return busy();
    }

    /** Goes on in a new run of the same workflow. Does not return. */
    void continueAsNew() {
        ReleaseRequest request = luggage(journal().released());
        Workflow.continueAsNew(
                ContinueAsNewOptions.newBuilder().setMemo(request.memo()).build(), request);
    }

    private Next startBeside() {
        ReleaseRequest request = luggage(true);
        String id = ReleaseRequest.attestationsOf(request.workflowId(), request.release());
        ReleaseWorkflow rest = Workflow.newChildWorkflowStub(
                ReleaseWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setMemo(request.memo())
                        .setStaticSummary(request.plan().title() + ": " + request.release() + ", attestations")
                        .build());
        journal().continuedIn(id);
        Async.function(rest::run, request);
        try {
            Workflow.getWorkflowExecution(rest).get();
            return Next.BESIDE;
        } catch (ChildWorkflowFailure e) {
            refused = true;
            journal().continuedIn(null);
            journal().note("the attestations go on here: " + Text.problem(e));
            return Next.HERE;
        } catch (CanceledFailure e) {
            if (course.edition().losesNoCommand()) {
                journal().continuedIn(null);
            }
            throw e;
        }
    }

    private boolean onlyAttestationsRemain() {
        List<Step> rest = course.plan().phases().stream()
                .filter(phase -> journal().phase(phase.id()).startedAt() == null)
                .map(Phase::steps)
                .flatMap(List::stream)
                .flatMap(Step::flatten)
                .toList();
        return course.plan().soak() != null
                && rest.stream().allMatch(this::attests)
                && course.plan().signOffs().stream().allMatch(signOff -> signOff.onDeadline() != Outcome.ROLLBACK)
                && (asides.open()
                        || !rest.isEmpty()
                        || !course.plan().signOffs().isEmpty());
    }

    /** Whether a step asks people, or looks for them, and can end in no rollback. */
    private boolean attests(Step step) {
        if (step instanceof ChecklistItem item) {
            return item.onDeadline() != Outcome.ROLLBACK;
        }
        return step instanceof ActionStep action
                && !course.catalog().get(action.uses()).hasEffect()
                && action.onFailure() != OnFailure.ROLLBACK;
    }

    private ReleaseRequest luggage(boolean released) {
        return journal()
                .request()
                .carrying(new Carried(
                        journal().record(),
                        course.effects().inputs(),
                        gates.shown(),
                        gates.settled(),
                        course.announcer().thread(),
                        journal().requester(),
                        course.effects().inheritance().ways(),
                        released));
    }

    private static int bytes(ReleaseRequest request) {
        try {
            return Json.mapper().writeValueAsBytes(request).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a release can always be written", e);
        }
    }

    private Journal journal() {
        return course.journal();
    }
}
