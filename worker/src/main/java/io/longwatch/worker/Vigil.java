package io.longwatch.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.activities.soak.WatchDetails;
import io.longwatch.soak.WindowProgress;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether somebody looks: asks the server how the watch of each open window stands, a page of releases at a time, so
 * that a window nobody watches is found whatever became of the workers that knew it.
 */
final class Vigil {
    private static final Logger LOGGER = LoggerFactory.getLogger(Vigil.class);
    private static final int PAGE = 100;
    private static final int INTERVALS = 3;
    private static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);

    private final WorkflowClient client;
    private final Map<String, Round> rounds = new ConcurrentHashMap<>();

    Vigil(WorkflowClient client) {
        this.client = client;
    }

    /**
     * A walk over an environment's releases, page after page.
     *
     * @param next where the next page begins; empty at the start of a round
     * @param open windows found in this round
     * @param unwatched of these without a look
     * @param last what the last whole round found
     */
    private record Round(
            ByteString next,
            long open,
            long unwatched,
            @Nullable Found last) {
        static Round first() {
            return new Round(ByteString.EMPTY, 0, 0, null);
        }

        Round with(Found page, ByteString after) {
            Found sum = new Found(open + page.open(), unwatched + page.unwatched());
            return after.isEmpty()
                    ? new Round(ByteString.EMPTY, 0, 0, sum)
                    : new Round(after, sum.open(), sum.unwatched(), last);
        }
    }

    private record Found(long open, long unwatched) {}

    @Nullable
    Long open(String environment) {
        return found(environment).map(Found::open).orElse(null);
    }

    @Nullable
    Long unwatched(String environment) {
        return found(environment).map(Found::unwatched).orElse(null);
    }

    private Optional<Found> found(String environment) {
        return Optional.ofNullable(rounds.get(environment)).map(Round::last);
    }

    /** Looks at the next page of an environment's releases. */
    void look(String environment) {
        Round round = rounds.getOrDefault(environment, Round.first());
        ListWorkflowExecutionsResponse page = Census.stub(client)
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(Census.running(environment) + " AND SoakDeadline IS NOT NULL")
                        .setPageSize(PAGE)
                        .setNextPageToken(round.next())
                        .build());
        long open = 0;
        long unwatched = 0;
        for (WorkflowExecutionInfo release : page.getExecutionsList()) {
            for (PendingActivityInfo watch : watches(release)) {
                open++;
                unwatched += isUnwatched(release, watch) ? 1 : 0;
            }
        }
        rounds.put(environment, round.with(new Found(open, unwatched), page.getNextPageToken()));
    }

    private List<PendingActivityInfo> watches(WorkflowExecutionInfo release) {
        try {
            return Census.stub(client)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(release.getExecution())
                            .build())
                    .getPendingActivitiesList()
                    .stream()
                    .filter(activity ->
                            WatchDetails.WATCH.equals(activity.getActivityType().getName()))
                    .toList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private boolean isUnwatched(WorkflowExecutionInfo release, PendingActivityInfo watch) {
        Instant now = Clock.systemUTC().instant();
        Instant due = due(watch);
        Duration interval = interval(watch, due);
        boolean unwatched = due.plus(interval.multipliedBy(INTERVALS)).isBefore(now);
        if (unwatched) {
            LOGGER.atWarn()
                    .addKeyValue("workflow", release.getExecution().getWorkflowId())
                    .addKeyValue(
                            "window",
                            progress(watch).map(WindowProgress::window).orElse("?"))
                    .addKeyValue("due", due)
                    .addKeyValue("paused", watch.getPaused())
                    .log("nobody looks at a soak window");
        }
        return unwatched;
    }

    /** When the next look is or was due. An attempt that runs has its own bound and is a look. */
    private static Instant due(PendingActivityInfo watch) {
        if (watch.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) {
            return instant(watch.getLastStartedTime());
        }
        return instant(
                watch.hasNextAttemptScheduleTime() ? watch.getNextAttemptScheduleTime() : watch.getScheduledTime());
    }

    /** The time between the last look and the next: at least a minute, so that a short interval is no cause for alarm. */
    private Duration interval(PendingActivityInfo watch, Instant due) {
        Duration between = progress(watch)
                .map(WindowProgress::lastLookAt)
                .map(last -> Duration.between(last, due))
                .orElse(LEAST_INTERVAL);
        return between.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : between;
    }

    private Optional<WindowProgress> progress(PendingActivityInfo watch) {
        return WatchDetails.of(watch, client.getOptions().getDataConverter());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
