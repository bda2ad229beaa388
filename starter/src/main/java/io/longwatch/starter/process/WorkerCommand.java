package io.longwatch.starter.process;

import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.TemporalClients;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longwatch worker --config FILE}. */
@Command(
        name = "worker",
        description = "Runs the worker: workflows, the activities of its environments, Slack, health and metrics.")
public final class WorkerCommand extends BaseCommand {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    public WorkerCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() throws InterruptedException {
        WorkerConfig read = config.read(err());
        try (Metrics metrics = new Metrics()) {
            WorkflowClient client = TemporalClients.open(read, metrics);
            WorkflowServiceStubs stubs = client.getWorkflowServiceStubs();
            Reach.require(stubs);
            try (LongwatchWorker worker =
                    new LongwatchWorker(read, client, metrics, LongwatchWorker.Parts.ofReleases(), world().clock())) {
                worker.start();
                untilStopped();
            } finally {
                stubs.shutdownNow();
            }
            return Exit.DONE;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailed.unreachable("the worker cannot start: " + e.getMessage(), null, e);
        }
    }

    /** A signal stops the process, which first lets the worker come to its end. */
    private static void untilStopped() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Thread onSignal = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        main.join();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        stop.await();
    }
}
