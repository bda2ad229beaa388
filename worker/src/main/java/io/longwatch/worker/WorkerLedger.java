package io.longwatch.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.grpc.StatusRuntimeException;
import io.longwatch.actions.Contracts;
import io.longwatch.activities.ledger.Ledger;
import io.longwatch.activities.ledger.LedgerActions;
import io.longwatch.activities.ledger.LedgerAddress;
import io.longwatch.activities.ledger.ObservationWriter;
import io.longwatch.activities.soak.Looks;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.NoLedger;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the ledger, if this worker has one: pages of releases, and beside them what activities see. */
final class WorkerLedger extends WorkerInterceptorBase implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerLedger.class);

    private final @Nullable Ledger ledger;
    private final @Nullable ObservationWriter observations;
    private final Clock clock;

    WorkerLedger(@Nullable LedgerAddress address, Clock clock) {
        this.ledger = address == null ? null : new Ledger(address);
        this.observations = ledger == null ? null : new ObservationWriter(ledger);
        this.clock = clock;
    }

    /** Tells how much of what activities saw is lost. */
    void measure(Meters meters) {
        if (observations != null) {
            meters.count(
                    MetricNames.LEDGER_ENTRIES_LOST,
                    "What activities saw and the ledger lacks",
                    observations,
                    ObservationWriter::lost);
        }
    }

    /** Writes pages. */
    LedgerActivities activities() {
        return ledger == null ? new NoLedger() : new LedgerActions(ledger);
    }

    /** Hears of looks. */
    Looks looks() {
        ObservationWriter writer = observations;
        return writer == null
                ? Looks.unheard()
                : (window, due, late, seen) -> writer.looked(window.release(), window.step(), due, late, seen);
    }

    /** Brings the ledger up to date, or says what is lost without one, and when. */
    void start(WorkflowClient client) {
        if (ledger != null && observations != null) {
            ledger.open();
            observations.start();
        } else {
            LOGGER.atWarn()
                    .addKeyValue("retention", retention(client))
                    .log("no ledger is configured: of an ended release nothing is left when Temporal's retention is"
                            + " over; write its report before, or name a PostgreSQL database under ledger:");
        }
    }

    private static String retention(WorkflowClient client) {
        try {
            String namespace = client.getOptions().getNamespace();
            long seconds = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .build())
                    .getConfig()
                    .getWorkflowExecutionRetentionTtl()
                    .getSeconds();
            return TimeUnit.SECONDS.toHours(seconds) + "h";
        } catch (StatusRuntimeException e) {
            return "unknown";
        }
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return observations == null ? next : new Witness(next, observations, clock);
    }

    @Override
    public void close() {
        if (ledger != null && observations != null) {
            observations.close();
            ledger.close();
        }
    }

    /** Sees what activities find. */
    private static final class Witness extends ActivityInboundCallsInterceptorBase {
        private final ActionCatalog actions = Contracts.catalog();
        private final ObservationWriter observations;
        private final Clock clock;
        private @Nullable ActivityExecutionContext context;

        Witness(ActivityInboundCallsInterceptor next, ObservationWriter observations, Clock clock) {
            super(next);
            this.observations = observations;
            this.clock = clock;
        }

        @Override
        public void init(ActivityExecutionContext newContext) {
            context = newContext;
            super.init(newContext);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            ActivityOutput output = super.execute(input);
            see(input.getArguments(), output.getResult());
            return output;
        }

        private void see(Object[] arguments, @Nullable Object result) {
            String type = Objects.requireNonNull(context).getInfo().getActivityType();
            if (result instanceof Judgement judgement
                    && arguments.length > 1
                    && arguments[1] instanceof Decision decision) {
                observations.judged(decision, judgement);
            } else if (result != null
                    && arguments.length > 0
                    && arguments[0] instanceof StepRef step
                    && actions.find(type).isPresent()) {
                found(step, type, result);
            }
        }

        private void found(StepRef step, String type, Object result) {
            try {
                String json = Json.mapper().writeValueAsString(result);
                observations.found(step.release(), step.step(), type, json, clock.instant());
            } catch (JsonProcessingException e) {
                observations.unwritable();
                LOGGER.atWarn()
                        .addKeyValue("activity", type)
                        .addKeyValue("problem", e.getOriginalMessage())
                        .log("a result is missing in the ledger");
            }
        }
    }
}
