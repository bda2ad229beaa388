package io.longwatch.system.bench;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.Json;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.soak.WatchInput;
import io.longwatch.starter.temporal.Connection;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Releases of plans that are written here. */
final class Requests {
    static final String ENVIRONMENT = "bench";

    private Requests() {}

    /** A release that begins now. */
    static ReleaseRequest of(String service, String text) {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", text, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        if (!(loaded instanceof LoadedPlan.Loaded plan)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        Instant now = Clock.systemUTC().instant();
        return new ReleaseRequest(
                service + "-" + ENVIRONMENT + "-20261121-1",
                plan.plan(),
                PlanDigest.of(plan.plan(), plan.parameters()),
                plan.parameters(),
                "bench",
                now,
                now,
                true,
                null,
                ReleaseRequest.KNOWN,
                true);
    }

    static String workflowId(String service) {
        return ReleaseRequest.workflowId(service, ENVIRONMENT);
    }

    /** When the first window of a release began, empty if it has not. */
    static Optional<Instant> soaksSince(Connection connection, String service) {
        return connection.client().fetchHistory(workflowId(service)).getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
                .filter(activity -> activity.getActivityType().getName().equals("soak.watch"))
                .findFirst()
                .map(activity -> Json.dataConverter()
                        .fromPayloads(1, Optional.of(activity.getInput()), WatchInput.class, WatchInput.class)
                        .startsAt());
    }
}
