package io.longwatch.system.histories;

import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The histories of one release, of all its runs and of the workflow in which its attestations go on. With
 * {@code -Dlongwatch.histories=record} they are stored where the build replays them, as {@code system-tests/histories}
 * does.
 */
public final class Histories {
    private static final Path STORED = Path.of(System.getProperty("longwatch.checkout", ".."))
            .resolve("sandbox/src/test/resources/histories/real");
    private static final boolean RECORDING = "record".equals(System.getProperty("longwatch.histories"));
    private static final String PACKED = ".json.gz";
    private static final long MOST_BYTES = 400_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    // The first task of a process loads the expression engine and the contracts; that is no deadlock.
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
            .build();

    private final List<WorkflowExecutionHistory> runs;

    private Histories(List<WorkflowExecutionHistory> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * Fetches those of a release that has ended, the first run first. Waits until its workflows have closed: the one that
     * it left can close after the one in which it went on.
     */
    public static Histories of(Connection connection, String workflowId) {
        List<WorkflowExecutionHistory> runs = new ArrayList<>(runsOf(connection, workflowId));
        String beside = continuedIn(runs.get(runs.size() - 1));
        if (beside != null) {
            runs.addAll(runsOf(connection, beside));
        }
        return new Histories(runs);
    }

    private static List<WorkflowExecutionHistory> runsOf(Connection connection, String workflowId) {
        awaitClosed(connection, workflowId);
        LinkedList<WorkflowExecutionHistory> runs = new LinkedList<>();
        WorkflowExecutionHistory run = connection.client().fetchHistory(workflowId);
        runs.add(run);
        for (String former = former(run); !former.isEmpty(); former = former(run)) {
            run = connection.client().fetchHistory(workflowId, former);
            runs.addFirst(run);
        }
        return runs;
    }

    private static void awaitClosed(Connection connection, String workflowId) {
        try {
            connection
                    .client()
                    .newUntypedWorkflowStub(workflowId)
                    .getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, Object.class);
        } catch (WorkflowFailedException closedOtherwise) {
            // Failed or cancelled is as good an end here as any: the release's record says which it is.
        } catch (TimeoutException e) {
            throw new IllegalStateException(workflowId + " does not close", e);
        }
    }

    private static String former(WorkflowExecutionHistory run) {
        return run.getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getContinuedExecutionRunId();
    }

    private static @Nullable String continuedIn(WorkflowExecutionHistory run) {
        var last = run.getEvents().get(run.getEvents().size() - 1);
        if (last.getEventType() != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
            return null;
        }
        return Json.dataConverter()
                .fromPayload(
                        last.getWorkflowExecutionCompletedEventAttributes()
                                .getResult()
                                .getPayloads(0),
                        ReleaseOutcome.class,
                        ReleaseOutcome.class)
                .continuedIn();
    }

    public List<WorkflowExecutionHistory> runs() {
        return runs;
    }

    /** Replays them with this build's workflow; fails if it does otherwise than it did. */
    public Histories replayed() throws Exception {
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build();
        try (TestWorkflowEnvironment fresh = TestWorkflowEnvironment.newInstance(options)) {
            Worker worker = fresh.newWorker(ReleaseWorkflow.QUEUE, PATIENT);
            worker.registerWorkflowImplementationTypes(ReleaseRun.class);
            for (WorkflowExecutionHistory run : runs) {
                worker.replayWorkflowExecution(run);
            }
        }
        return this;
    }

    /** Whether some are stored under a name. */
    public static boolean stored(String name) {
        return Files.exists(STORED.resolve(name + PACKED));
    }

    /** Stores them under a name, a file for each run, if histories are being recorded. */
    public void storeAs(String name) {
        if (!RECORDING) {
            return;
        }
        for (int run = 1; run <= runs.size(); run++) {
            store(STORED.resolve(name + (run == 1 ? "" : "-" + run) + PACKED), runs.get(run - 1));
        }
    }

    private static void store(Path file, WorkflowExecutionHistory run) {
        try {
            Files.createDirectories(STORED);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(anonymous(run.toJson(false)).getBytes(StandardCharsets.UTF_8));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalStateException(file + " has " + Files.size(file) + " bytes, more than " + MOST_BYTES
                        + "; tell a smaller story");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients, workers and their queues are called by process and machine, which are nobody's business. */
    private static String anonymous(String json) {
        return json.replaceAll("\"\\d+@[^\":]+", "\"process@machine");
    }
}
