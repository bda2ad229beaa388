package io.longwatch.starter.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.report.OpenSteps;
import io.longwatch.report.OpenSteps.Retried;
import io.longwatch.report.OpenWindow;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WindowProgress;
import io.longwatch.starter.CommandFailed;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.TemporalException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The releases of a namespace. */
public final class Releases {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Connection connection;

    public Releases(Connection connection) {
        this.connection = connection;
    }

    /**
     * The release of that id.
     *
     * @throws CommandFailed if there is none, or the server cannot be asked
     */
    public FoundRelease find(String id) {
        List<String> seen = new ArrayList<>();
        return search(id, seen)
                .orElseThrow(() -> CommandFailed.usage(
                        "no release '" + id + "' in namespace " + connection.namespace() + " at "
                                + connection.address(),
                        seen.isEmpty()
                                ? "longwatch list shows those there are."
                                : "The latest there is " + String.join(", ", seen) + "."));
    }

    /**
     * The release of that id, if the server knows it.
     *
     * @throws CommandFailed if the server cannot be asked, or that is no release id
     */
    public Optional<FoundRelease> search(String id) {
        return search(id, new ArrayList<>());
    }

    /**
     * The id, or the next one after it that no release has: service {@code a-b} in {@code c} and service {@code a} in
     * {@code b-c} would come to the same ones.
     *
     * @throws CommandFailed if the server cannot be asked
     */
    public ReleaseId unused(ReleaseId id) {
        ReleaseId free = id;
        while (search(free.toString()).isPresent()) {
            free = free.following();
        }
        return free;
    }

    private Optional<FoundRelease> search(String id, List<String> seen) {
        ReleaseId parts = ReleaseId.parse(id)
                .orElseThrow(() -> CommandFailed.usage(
                        "'" + id + "' is no release id; write <service>-<environment>-<yyyymmdd>-<n>",
                        "longwatch list shows those there are."));
        for (String workflowId : parts.workflowIds()) {
            Optional<FoundRelease> latest = latest(workflowId);
            Optional<FoundRelease> attestations = latest(ReleaseRequest.attestationsOf(workflowId, id));
            if (attestations.isPresent()) {
                return attestations;
            }
            if (latest.filter(release -> release.id().equals(id)).isPresent()) {
                return latest;
            }
            latest.ifPresent(other -> seen.add(other.id()));
            Optional<FoundRelease> former = latest.isEmpty()
                    ? Optional.empty()
                    : formerRun(workflowId, run -> run.id().equals(id));
            if (former.isPresent()) {
                return former;
            }
        }
        return Optional.empty();
    }

    /** The latest release of a service in an environment, running or ended. */
    public Optional<FoundRelease> latest(String workflowId) {
        try {
            WorkflowStub stub = connection.client().newUntypedWorkflowStub(workflowId);
            return Optional.of(found(Calls.within(Calls.DEADLINE, stub::describe)));
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        } catch (StatusRuntimeException | TemporalException e) {
            throw Calls.failed(
                    "the Temporal server at " + connection.address() + " cannot be asked for " + workflowId + ": "
                            + Calls.words(e),
                    null,
                    e);
        }
    }

    private FoundRelease found(WorkflowExecutionMetadata run) {
        String id = (String) run.getMemo(ReleaseRequest.MEMO_RELEASE, String.class);
        return new FoundRelease(
                id == null ? askForId(run.getExecution()) : id, run.getExecution(), run.getStatus(), startOf(run));
    }

    /** When the release was asked for; a run that goes on with its attestations began later. */
    private static Instant startOf(WorkflowExecutionMetadata run) {
        String requested = (String) run.getMemo(ReleaseRequest.MEMO_REQUESTED, String.class);
        return requested == null ? run.getStartTime() : Instant.parse(requested);
    }

    private String askForId(WorkflowExecution execution) {
        return ask(stub(execution), execution.getWorkflowId(), ReleaseWorkflow.RECORD, ReleaseRecord.class)
                .release();
    }

    private Optional<FoundRelease> formerRun(String workflowId, Predicate<FoundRelease> wanted) {
        try (Stream<WorkflowExecutionMetadata> runs =
                connection.client().listExecutions("WorkflowId = '" + workflowId + "'")) {
            return runs.map(this::listed).filter(wanted).findFirst();
        } catch (RuntimeException e) {
            if (Calls.code(e) == Status.Code.UNIMPLEMENTED) {
                return Optional.empty();
            }
            throw unlisted("former runs of " + workflowId, null, Calls.words(e), e);
        }
    }

    /**
     * Releases, the latest first.
     *
     * @param most how many at most
     * @throws CommandFailed if the server cannot list
     */
    public List<ListedRelease> latest(long most) {
        try (Stream<WorkflowExecutionMetadata> runs = connection.client().listExecutions("WorkflowType = 'Release'")) {
            Set<String> seen = new HashSet<>();
            return runs.filter(run -> seen.add(listed(run).id()))
                    .limit(most)
                    .map(run -> new ListedRelease(listed(run), state(run)))
                    .toList();
        } catch (RuntimeException e) {
            String why = Calls.code(e) == Status.Code.UNIMPLEMENTED ? "it keeps no list" : Calls.words(e);
            throw unlisted("releases", "longwatch status ID works without.", why, e);
        }
    }

    private CommandFailed unlisted(String what, @Nullable String hint, String why, RuntimeException problem) {
        return Calls.failed(
                "the Temporal server at " + connection.address() + " cannot list " + what + ": " + why, hint, problem);
    }

    private FoundRelease listed(WorkflowExecutionMetadata run) {
        String id = (String) run.getMemo(ReleaseRequest.MEMO_RELEASE, String.class);
        return new FoundRelease(
                Objects.requireNonNullElse(id, run.getExecution().getWorkflowId()),
                run.getExecution(),
                run.getStatus(),
                startOf(run));
    }

    /** How a run stands: by its search attribute, else by what its worker answers; null if nobody knows. */
    private @Nullable ReleaseState state(WorkflowExecutionMetadata run) {
        Optional<ReleaseState> known =
                ReleaseState.named(run.getTypedSearchAttributes().get(Namespace.STATUS));
        boolean open = run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        if (known.isPresent() && known.get().ended() != open) {
            return known.get();
        }
        try {
            return ask(
                            stub(run.getExecution()),
                            run.getExecution().getWorkflowId(),
                            ReleaseWorkflow.RECORD,
                            ReleaseRecord.class)
                    .state();
        } catch (CommandFailed e) {
            return null; // neither the server nor a worker knows; the list goes on without
        }
    }

    /** What the release knows of itself. */
    public ReleaseRecord record(FoundRelease release) {
        ReleaseRecord record = ask(stub(release), release.id(), ReleaseWorkflow.RECORD, ReleaseRecord.class);
        boolean whole = record.release().equals(release.id()) && record.continuedIn() == null;
        return whole
                ? record
                : ask(stub(find(release.id())), release.id(), ReleaseWorkflow.RECORD, ReleaseRecord.class);
    }

    /** The release as it stands, with what its open window has seen. */
    public Snapshot snapshot(FoundRelease release) {
        ReleaseRequest request = ask(stub(release), release.id(), "request", ReleaseRequest.class);
        return new Snapshot(request.plan(), seen(request.plan(), release));
    }

    /** The record, with what its open window has seen and what its running steps wait for. */
    public ReleaseRecord seen(ReleasePlan plan, FoundRelease release) {
        ReleaseRecord record = record(release);
        if (record.state().ended()) {
            return record;
        }
        List<PendingActivityInfo> activities = activities(release);
        ReleaseRecord waiting = OpenSteps.waiting(record, retried(activities));
        return progress(activities)
                .map(progress -> OpenWindow.seen(plan, waiting, progress))
                .orElse(waiting);
    }

    private List<PendingActivityInfo> activities(FoundRelease release) {
        try {
            return Calls.within(Calls.DEADLINE, stub(release)::describe)
                    .getRawDescription()
                    .getPendingActivitiesList();
        } catch (StatusRuntimeException | TemporalException e) {
            throw Calls.failed(release.id() + ": " + Calls.words(e), null, e);
        }
    }

    private static List<Retried> retried(List<PendingActivityInfo> activities) {
        return activities.stream()
                .filter(PendingActivityInfo::hasLastFailure)
                .map(activity -> new Retried(
                        activity.getActivityType().getName(),
                        activity.getLastFailure().getMessage()))
                .toList();
    }

    private Optional<WindowProgress> progress(List<PendingActivityInfo> activities) {
        try {
            return activities.stream()
                    .filter(activity -> activity.getActivityType().getName().equals(SoakActivities.WATCH))
                    .filter(PendingActivityInfo::hasHeartbeatDetails)
                    .findFirst()
                    .map(this::progress);
        } catch (DataConverterException e) {
            return Optional.empty();
        }
    }

    private WindowProgress progress(PendingActivityInfo activity) {
        return connection
                .client()
                .getOptions()
                .getDataConverter()
                .fromPayloads(
                        0, Optional.of(activity.getHeartbeatDetails()), WindowProgress.class, WindowProgress.class);
    }

    /** A worker that has just begun may be too slow to answer at first. */
    private static <T> T ask(WorkflowStub workflow, String name, String query, Class<T> type) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Calls.within(Calls.DEADLINE, () -> workflow.query(query, type));
            } catch (StatusRuntimeException | TemporalException e) {
                if (attempt == ATTEMPTS || !Calls.failedAtWorker(e)) {
                    throw Calls.unanswered(name + " cannot be asked for its " + query, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** The workflow, without its run while it is open, since it may continue as a new one. */
    WorkflowStub stub(FoundRelease release) {
        return stub(release.open() ? workflowOf(release.execution()) : release.execution());
    }

    private static WorkflowExecution workflowOf(WorkflowExecution execution) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(execution.getWorkflowId())
                .build();
    }

    private WorkflowStub stub(WorkflowExecution execution) {
        return connection
                .client()
                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                        .setWorkflowExecution(execution)
                        .build());
    }
}
