package io.longwatch.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.activities.soak.WatchDetails;
import io.longwatch.plan.Durations;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WindowProgress;
import io.temporal.api.common.v1.WorkflowExecution;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks whether somebody looks: asks the server how the watch of each open window stands, so that a window nobody watches
 * is found whatever became of the workers that knew it. A round asks for a thousand releases at most, those first that
 * were not seen for longest; one whose window is watched is left alone until it could be unwatched.
 */
final class SoakWatchdog {
    private static final Logger LOGGER = LoggerFactory.getLogger(SoakWatchdog.class);
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 10;
    private static final int MOST_ASKED = 1000;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);
    private static final int INTERVALS = 3;
    private static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_ALONE = Duration.ofMinutes(5);
    private static final Set<Status.Code> PASSING = EnumSet.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED);

    private final WorkflowClient client;
    private final Clock clock;
    private final Map<String, WatchedReleases> byEnvironment = new ConcurrentHashMap<>();

    /**
     * A watchdog over the windows of a namespace.
     *
     * @param clock the server's time
     */
    SoakWatchdog(WorkflowClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What was found of an environment's windows; empty before all of them were seen, unless one is unwatched. */
    Optional<WatchedReleases.Found> found(String environment) {
        return Optional.ofNullable(byEnvironment.get(environment)).flatMap(WatchedReleases::found);
    }

    /** Goes a round over an environment's releases. */
    void look(String environment) {
        WatchedReleases watched = byEnvironment.computeIfAbsent(environment, begun -> new WatchedReleases());
        list(environment, watched);
        Instant end = clock.instant().plus(LONGEST_ROUND);
        for (WorkflowExecution release : watched.due(clock.instant(), MOST_ASKED)) {
            if (clock.instant().isAfter(end)) {
                break;
            }
            watched.seen(release, see(release, watched.unwatched(release)));
        }
        watched.settle(clock.instant());
    }

    private void list(String environment, WatchedReleases watched) {
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            ListWorkflowExecutionsResponse page = page(environment, watched);
            watched.listed(
                    page.getExecutionsList().stream()
                            .map(WorkflowExecutionInfo::getExecution)
                            .toList(),
                    page.getNextPageToken());
            if (page.getNextPageToken().isEmpty()) {
                return;
            }
        }
    }

    /** The next page; the first where the server does not know any more what is next. */
    private ListWorkflowExecutionsResponse page(String environment, WatchedReleases watched) {
        try {
            return page(environment, watched.next());
        } catch (StatusRuntimeException e) {
            if (watched.next().isEmpty() || PASSING.contains(e.getStatus().getCode())) {
                throw e;
            }
            watched.beginAnew();
            return page(environment, watched.next());
        }
    }

    private ListWorkflowExecutionsResponse page(String environment, ByteString token) {
        return ReleaseGauges.stub(client)
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(ReleaseGauges.running(environment) + " AND SoakDeadline IS NOT NULL")
                        .setPageSize(PAGE)
                        .setNextPageToken(token)
                        .build());
    }

    private WatchedReleases.Seen see(WorkflowExecution release, boolean known) {
        Instant now = clock.instant();
        Instant again = now.plus(LONGEST_ALONE);
        long open = 0;
        long unwatched = 0;
        for (PendingActivityInfo watch : watches(release)) {
            Instant latest = latest(watch);
            open++;
            if (latest.isBefore(now)) {
                unwatched++;
                tell(release, watch, known);
            }
            again = latest.isBefore(again) ? latest : again;
        }
        return new WatchedReleases.Seen(open, unwatched, again);
    }

    private List<PendingActivityInfo> watches(WorkflowExecution release) {
        try {
            return ReleaseGauges.stub(client)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(release)
                            .build())
                    .getPendingActivitiesList()
                    .stream()
                    .filter(activity -> SoakActivities.WATCH.equals(
                            activity.getActivityType().getName()))
                    .toList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Until when a window counts as watched, if nobody looks again. */
    private Instant latest(PendingActivityInfo watch) {
        Instant due = due(watch);
        return due.plus(interval(watch, due).multipliedBy(INTERVALS));
    }

    private void tell(WorkflowExecution release, PendingActivityInfo watch, boolean known) {
        LOGGER.atLevel(known ? Level.DEBUG : Level.WARN)
                .addKeyValue("workflow", release.getWorkflowId())
                .addKeyValue(
                        "window", progress(watch).map(WindowProgress::window).orElse("?"))
                .addKeyValue("due", due(watch))
                .addKeyValue("paused", watch.getPaused())
                .log("nobody looks at a soak window");
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
        return Durations.max(between, LEAST_INTERVAL);
    }

    private Optional<WindowProgress> progress(PendingActivityInfo watch) {
        return WatchDetails.of(watch, client.getOptions().getDataConverter());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
