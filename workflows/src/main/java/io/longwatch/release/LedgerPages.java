package io.longwatch.release;

import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.LedgerPage;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the release in the ledger: a page at its start, after each phase, window and stage of a rollback, and at its
 * end. A page is one marker in the history, without its content. Never stops a release: a page that cannot be written is
 * made good by the next, and what is missing at the end is said in the record.
 */
final class LedgerPages {
    private static final Duration ONE_TRY = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int TRIES_AT_THE_END = 5;

    private final Journal journal;
    private final StepRef ref;
    private final Stops stops;
    private final LedgerActivities ledger = Workflow.newLocalActivityStub(
            LedgerActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(ONE_TRY)
                    .setScheduleToCloseTimeout(ONE_TRY)
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(1).build())
                    .setDoNotIncludeArgumentsIntoMarker(true)
                    .setSummary("keep in the ledger")
                    .build());
    private boolean known;
    private boolean absent;
    private int milestones = -1;
    private boolean writing;
    private @Nullable String problem;

    LedgerPages(Journal journal, StepRef ref, Stops stops) {
        this.journal = journal;
        this.ref = ref;
        this.stops = stops;
    }

    /** Begins to keep. A release that began before there was a ledger goes on without. */
    void begin() {
        known = Change.LEDGER.known();
        changed();
    }

    /** Writes a page if the release has come further since the last. */
    void changed() {
        if (!known || absent || writing || urgent() || journal.course().ended()) {
            return;
        }
        int reached = reached();
        if (reached != milestones) {
            milestones = reached;
            writing = true;
            Workflow.newDetachedCancellationScope(() -> Async.procedure(this::writeOn))
                    .run();
        }
    }

    private void writeOn() {
        if (!urgent()) {
            write();
        }
        writing = false;
        changed();
    }

    /** Whether users wait for the restoring part of a rollback, which a slow ledger must not keep back. */
    private boolean urgent() {
        return stops.why() instanceof Stop.RollBack
                && journal.record().rollback().stream().noneMatch(LedgerPages::over);
    }

    /** Leaves the pages that follow to the workflow in which the release goes on. */
    void leave() {
        Workflow.await(() -> !writing);
        absent = true;
    }

    /** Writes the last page, with patience. */
    void finish() {
        if (!known) {
            return;
        }
        Workflow.await(() -> !writing);
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; !write(); tries++) {
            if (tries == TRIES_AT_THE_END) {
                journal.note("this release is not whole in the ledger: write its report before Temporal's retention"
                        + " ends");
                Measures.lostPage(ref.environment());
                return;
            }
            Workflow.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private int reached() {
        ReleaseRecord record = journal.record();
        long phases = record.phases().stream().filter(LedgerPages::over).count();
        long stages = record.rollback().stream().filter(LedgerPages::over).count();
        long windows =
                record.soak().stream().filter(each -> each.verdict() != null).count();
        return (int) (phases + stages + windows) + (record.rollback().isEmpty() ? 0 : 1);
    }

    private static boolean over(PhaseRecord phase) {
        return phase.endedAt() != null;
    }

    /** One try; whether nothing is left to do. */
    private boolean write() {
        try {
            absent = !ledger.keep(ref, page());
            said(null);
            return true;
        } catch (ActivityFailure e) {
            said(Text.problem(e));
            return false;
        }
    }

    private LedgerPage page() {
        WorkflowInfo info = Workflow.getInfo();
        return new LedgerPage(
                Workflow.currentTimeMillis(),
                info.getWorkflowId(),
                info.getRunId(),
                Json.mapper().valueToTree(journal.request()),
                Json.mapper().valueToTree(journal.record()));
    }

    private void said(@Nullable String now) {
        if (now != null && problem == null) {
            journal.note("the ledger cannot be written, which does not stop the release: " + now);
        } else if (now == null && problem != null) {
            journal.note("the ledger is written again");
        }
        problem = now;
    }
}
