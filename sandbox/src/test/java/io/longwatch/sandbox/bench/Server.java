package io.longwatch.sandbox.bench;

import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Temporal server with one worker on it that serves both kinds of workflow alike. */
final class Server implements AutoCloseable {
    private static final WorkerFactoryOptions QUICK_END = WorkerFactoryOptions.newBuilder()
            .setShutdownCheckInterval(Duration.ofMillis(20))
            .build();
    private static final WorkflowClientOptions OURS = WorkflowClientOptions.newBuilder()
            .setDataConverter(Json.dataConverter())
            .build();

    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final Runnable end;

    private Server(WorkflowClient client, WorkerFactory factory, Runnable end) {
        this.client = client;
        this.factory = factory;
        this.end = end;
        Worker workflows = factory.newWorker(ReleaseWorkflow.QUEUE);
        workflows.registerWorkflowImplementationTypes(ReleaseRun.class, BareWorkflow.Sequence.class);
        workflows.registerActivitiesImplementations(new NoLedger(), new NoPeople());
        factory.newWorker(ReleaseWorkflow.queueOf(NoOpPlan.ENVIRONMENT))
                .registerActivitiesImplementations(new NoOpPlan.Ping());
        factory.start();
    }

    /** As a worker without a ledger has it. */
    static final class NoLedger implements LedgerActivities {
        @Override
        public boolean keep(StepRef release, LedgerPage page) {
            return false;
        }
    }

    /** As a worker without people has it. */
    static final class NoPeople implements DecisionActivities {
        @Override
        public Judgement judge(StepRef step, Decision decision) {
            return new Judgement(true, decision.who(), decision.who(), List.of(), null, Judgement.NAMESPACE);
        }
    }

    /** A fresh in-memory server, or the one at an address. */
    static Server open(@Nullable String address) {
        return address == null ? inMemory() : at(address);
    }

    private static Server inMemory() {
        TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(QUICK_END)
                .setWorkflowClientOptions(OURS)
                .build());
        return new Server(environment.getWorkflowClient(), environment.getWorkerFactory(), environment::close);
    }

    private static Server at(String address) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        WorkflowClient client = WorkflowClient.newInstance(stubs, OURS);
        WorkerFactory factory = WorkerFactory.newInstance(client, QUICK_END);
        return new Server(client, factory, () -> {
            factory.shutdown();
            factory.awaitTermination(10, TimeUnit.SECONDS);
            stubs.shutdownNow();
        });
    }

    WorkflowClient client() {
        return client;
    }

    @Override
    public void close() {
        factory.shutdown();
        end.run();
    }
}
