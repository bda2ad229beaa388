package io.longwatch.sandbox.bench;

import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast steps follow one another, against a bare workflow that calls the same activities. */
@Command(
        name = "bench/dispatch.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Steps per second of releases whose steps do nothing, against bare workflows that call the same",
            "activities; alternated, a fresh in-memory server each time, since that grows slower the more it holds.",
            "With TEMPORAL_ADDRESS set, on the server there, its namespace default."
        })
public final class DispatchBench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Option(names = "--steps", defaultValue = "100", description = "Steps of each release: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--releases", defaultValue = "10", description = "Releases at once: ${DEFAULT-VALUE}.")
    private int releases;

    @Option(names = "--rounds", defaultValue = "9", description = "Rounds that count: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "4", description = "Rounds ahead of them: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--expect", description = "Gives each step an expectation to evaluate.")
    private boolean expect;

    private final @Nullable String address = System.getenv("TEMPORAL_ADDRESS");
    private final long run = System.currentTimeMillis();
    private int started;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DispatchBench()).execute(args));
    }

    @Override
    public Integer call() {
        List<Double> bare = new ArrayList<>();
        List<Double> release = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        for (int round = 1 - warmUp; round <= rounds; round++) {
            boolean bareFirst = round % 2 == 0;
            double first = rate(bareFirst);
            double second = rate(!bareFirst);
            if (round >= 1) {
                bare.add(bareFirst ? first : second);
                release.add(bareFirst ? second : first);
                ratio.add(release.get(round - 1) / bare.get(round - 1));
                System.out.printf(
                        Locale.ROOT,
                        "round %2d  bare %6.0f/s  release %6.0f/s  ratio %.3f%n",
                        round,
                        bare.get(round - 1),
                        release.get(round - 1),
                        ratio.get(round - 1));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d releases of %d steps%s, %d rounds, %s%n",
                releases,
                steps,
                expect ? " with expectations" : "",
                rounds,
                address == null ? "in-memory server" : address);
        System.out.println(line("bare, steps/s", bare, "%.0f"));
        System.out.println(line("release, steps/s", release, "%.0f"));
        System.out.println(line("ratio", ratio, "%.3f"));
        return 0;
    }

    private static String line(String name, List<Double> figures, String form) {
        List<Double> sorted = figures.stream().sorted().toList();
        String figure = "  median " + form + ", least " + form + ", greatest " + form;
        return String.format(
                Locale.ROOT,
                "%-18s" + figure,
                name,
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    /** Steps per second from the first start to the last end. */
    private double rate(boolean bare) {
        try (Server server = Server.open(address)) {
            List<Runnable> starts = new ArrayList<>();
            List<WorkflowStub> runs = new ArrayList<>();
            for (int i = 0; i < releases; i++) {
                starts.add(bare ? bare(server.client(), runs) : release(server.client(), runs));
            }
            long begin = System.nanoTime();
            starts.forEach(Runnable::run);
            for (WorkflowStub one : runs) {
                one.getResult(LONGEST.toSeconds(), TimeUnit.SECONDS, Object.class);
            }
            return releases * steps / ((System.nanoTime() - begin) / 1e9);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("a round took more than " + LONGEST, e);
        }
    }

    private Runnable bare(WorkflowClient client, List<WorkflowStub> runs) {
        String id = "bench-" + run + "-" + ++started;
        BareWorkflow workflow = client.newWorkflowStub(BareWorkflow.class, options("bare/" + id));
        runs.add(WorkflowStub.fromTyped(workflow));
        return () -> WorkflowClient.start(workflow::run, id, steps);
    }

    private Runnable release(WorkflowClient client, List<WorkflowStub> runs) {
        String id = "bench-" + run + "-" + ++started;
        var request = NoOpPlan.of(id, steps, expect).request(id);
        ReleaseWorkflow workflow = client.newWorkflowStub(ReleaseWorkflow.class, options(request.workflowId()));
        runs.add(WorkflowStub.fromTyped(workflow));
        return () -> WorkflowClient.start(workflow::run, request);
    }

    private static WorkflowOptions options(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowExecutionTimeout(LONGEST)
                .build();
    }
}
