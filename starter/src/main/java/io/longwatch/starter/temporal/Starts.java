package io.longwatch.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Parameter;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.CommandFailed;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.TemporalException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts releases. */
public final class Starts {
    private static final int DIGEST_SHOWN = 12;

    private final Connection connection;
    private final Releases releases;

    public Starts(Connection connection) {
        this.connection = connection;
        this.releases = new Releases(connection);
    }

    /**
     * Starts a release.
     *
     * @throws CommandFailed if another release of the service runs there, or the server cannot be asked
     */
    public WorkflowExecution start(ReleaseRequest request) {
        try {
            return Calls.within(
                    Calls.DEADLINE,
                    () -> connection
                            .client()
                            .newUntypedWorkflowStub(ReleaseWorkflow.TYPE, options(request))
                            .start(request));
        } catch (WorkflowExecutionAlreadyStarted e) {
            String running =
                    releases.latest(request.workflowId()).map(FoundRelease::id).orElse("another release");
            throw CommandFailed.refused(
                    running + " of " + request.plan().service() + " runs in "
                            + request.plan().environment() + "; one release runs there at a time",
                    "longwatch status " + running + " shows how it stands; abort or rollback end it.");
        } catch (StatusRuntimeException | TemporalException e) {
            throw Calls.failed("the release could not be started: " + Calls.words(e), null, e);
        }
    }

    private static WorkflowOptions options(ReleaseRequest request) {
        WorkflowOptions.Builder options = WorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary(request.plan().title() + ": " + request.release())
                .setStaticDetails(details(request))
                .setMemo(request.memo());
        if (request.searchAttributes()) {
            options.setTypedSearchAttributes(SearchAttributes.newBuilder()
                    .set(Namespace.SERVICE, request.plan().service())
                    .set(Namespace.ENVIRONMENT, request.plan().environment())
                    .set(Namespace.STATUS, "SCHEDULED")
                    .build());
        }
        return options.build();
    }

    private static String details(ReleaseRequest request) {
        StringBuilder details = new StringBuilder();
        String description = request.plan().description();
        if (description != null) {
            details.append(description.strip()).append("\n\n");
        }
        details.append("| | |\n|---|---|\n")
                .append(row("Release", request.release()))
                .append(row("Requested by", request.requester()))
                .append(row("T", request.deployAt().toString()))
                .append(row(
                        "Plan digest",
                        request.planDigest()
                                .substring(
                                        0,
                                        Math.min(
                                                DIGEST_SHOWN,
                                                request.planDigest().length()))));
        if (request.plan().soak() != null) {
            details.append(row("Soak", Durations.format(request.plan().soak().length())));
        }
        given(request).forEach((name, value) -> details.append(row(name, value)));
        return details.append("\nParameters not named have the plan's defaults.\n")
                .toString();
    }

    /** Parameters that are not as the plan has them by default. */
    private static Map<String, String> given(ReleaseRequest request) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Parameter parameter : request.plan().parameters()) {
            Object value = request.parameters().get(parameter.name());
            if (value != null && !value.equals(parameter.defaultValue())) {
                given.put(parameter.name(), parameter.written(value));
            }
        }
        return given;
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value.replace("|", "\\|") + " |\n";
    }
}
