package io.longwatch.starter.process;

import io.grpc.StatusRuntimeException;
import io.longwatch.activities.ledger.InvalidLedger;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.LogLines;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.starter.temporal.Reach;
import io.longwatch.temporal.UnusableProfile;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.TemporalClients;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile.Secrets;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
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
        LogLines.problem(world().environment()).ifPresent(problem -> {
            throw CommandFailed.usage(problem, "Set it to json or text, or leave it unset.");
        });
        WorkerConfig read = config.read(err(), world().environment(), Secrets.NOW);
        try (Metrics metrics = new Metrics()) {
            WorkflowClient client = TemporalClients.open(read, metrics);
            Reach reach = ConfigOption.reach(client);
            reach.requireServer();
            reach.requireNamespace();
            run(read, client, metrics);
            return Exit.DONE;
        } catch (UnusableProfile e) {
            throw ConfigOption.unusable(e);
        } catch (IOException | IllegalArgumentException | StatusRuntimeException | InvalidLedger e) {
            throw CommandFailed.unreachable("the worker cannot start: " + e.getMessage(), null, e);
        }
    }

    private void run(WorkerConfig read, WorkflowClient client, Metrics metrics)
            throws IOException, InterruptedException {
        Stopping stopping = Stopping.onSignal(read.shutdown().patience());
        try (LongwatchWorker worker =
                new LongwatchWorker(read, client, metrics, LongwatchWorker.Parts.ofReleases(), world().clock())) {
            worker.start();
            stopping.await();
        } finally {
            client.getWorkflowServiceStubs().shutdownNow();
            stopping.ended();
        }
    }
}
