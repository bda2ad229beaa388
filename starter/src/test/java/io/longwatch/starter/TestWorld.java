package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.PreflightActivities;
import io.longwatch.preflight.PreflightRun;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Connector;
import io.longwatch.starter.temporal.ProfileConnector;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The world that a test's commands run in: for Ada in Berlin it is 10:00 on 27 January 2025, and there is a Temporal
 * server of the test's own, which starts when it is first needed. What commands print is kept.
 */
public final class TestWorld implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2025-01-27T09:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Supplier<Path> folder;
    private @Nullable TestWorkflowEnvironment environment;
    private boolean noServer;
    private boolean needsProof;

    /**
     * A world without workers and releases.
     *
     * @param folder gives the folder that Longwatch is installed in, once a command runs
     */
    public TestWorld(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** Runs a command; gives its exit code. */
    public int run(String... args) {
        Connector here =
                (address, namespace) -> new Connection(server().getWorkflowClient(), "127.0.0.1:7233", () -> {});
        World world = new World(
                Clock.fixed(NOW, ZoneId.of("UTC")),
                ZoneId.of("Europe/Berlin"),
                Map.of("LC_ALL", "C.UTF-8", "LONGWATCH_HOME", folder.get().toString()),
                "ada",
                noServer ? new ProfileConnector(Map.of()) : here,
                false);
        return Longwatch.commandLine(world, args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    /** Asks for a release of version 2.1 of the sample plan, now; gives the exit code. */
    public int start(String... more) {
        Stream<String> words = Stream.of("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now");
        return run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    /** Says something to the sample release, whose ID follows the verb: {@code extend go --by 2h}; gives the exit code. */
    public int say(String words) {
        List<String> said = new ArrayList<>(List.of(words.split(" ")));
        said.add(1, SampleRelease.ID);
        return run(said.toArray(String[]::new));
    }

    /** What commands wrote to standard output. */
    public String out() {
        return out.toString();
    }

    /** What commands wrote to standard error. */
    public String err() {
        return err.toString();
    }

    /** What one command wrote to standard output, read as JSON. */
    public JsonNode json() throws JsonProcessingException {
        return Json.mapper().readTree(out());
    }

    /** From now on commands reach only what really answers at their address. */
    public void loseServer() {
        noServer = true;
    }

    /** From now on workers refuse what nobody signed. */
    public void requireProofs() {
        needsProof = true;
    }

    /** Starts a worker that has all that plans name. */
    public void startWorker() {
        startWorkerThatLacks();
    }

    /** Starts a worker that lacks things, whatever a plan names. */
    public void startWorkerThatLacks(Lack... lacks) {
        server().newWorker(ReleaseWorkflow.queueOf("production"))
                .registerActivitiesImplementations((PreflightActivities) needs -> new Lacks(List.of(lacks)), judges());
        startWorkerOfWorkflows();
    }

    /** Starts a worker that runs releases but touches no environment. */
    public void startWorkerOfWorkflows() {
        Worker worker = server().newWorker(ReleaseWorkflow.QUEUE);
        worker.registerWorkflowImplementationTypes(FakeRelease.class, PreflightRun.class);
        server().start();
    }

    private DecisionActivities judges() {
        return (step, decision) -> judged(decision);
    }

    private Judgement judged(Decision decision) {
        if (needsProof && decision.proof() == null) {
            return new Judgement(false, "Ada", "ada", List.of(), "it carries no proof that it is Ada's", "people");
        }
        return new Judgement(true, "Ada", "ada", List.of(), null, "people");
    }

    /** Starts a release as the command does, under a service and environment that both hold hyphens. */
    public WorkflowStub startRelease() {
        ReleaseRequest request = new SampleRelease().request();
        WorkflowStub stub = server().getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Release",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(request.workflowId())
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .setMemo(Map.of("release", request.release()))
                                .build());
        stub.start(request);
        return stub;
    }

    /** Lets the worker fail at so many queries, as one does that is still loading. */
    public void failQueries(int many) {
        FakeRelease.failQueries(many);
    }

    /** Starts such a release and aborts it. */
    public void startAbortedRelease() throws TimeoutException {
        WorkflowStub release = startRelease();
        say("abort");
        release.getResult(10, TimeUnit.SECONDS, Object.class);
    }

    /** What the latest release under a workflow's ID was asked to be. */
    public ReleaseRequest request(String workflowId) {
        return server().getWorkflowClient().newUntypedWorkflowStub(workflowId).query("request", ReleaseRequest.class);
    }

    /** Makes Ada an SSH key. */
    public Path sshKey() throws Exception {
        Path key = folder.get().resolve("key");
        int made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        assertThat(made).isZero();
        return key;
    }

    private TestWorkflowEnvironment server() {
        if (environment == null) {
            environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    // A waiting release would be jumped to its end whenever a command waits for another workflow.
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .build());
        }
        return environment;
    }

    @Override
    public void close() {
        if (environment != null) {
            environment.close();
        }
    }
}
