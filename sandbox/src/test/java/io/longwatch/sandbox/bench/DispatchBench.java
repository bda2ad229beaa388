package io.longwatch.sandbox.bench;

import com.sun.management.OperatingSystemMXBean;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
            "With --address or TEMPORAL_ADDRESS, on the server there, its namespace default; with --real as the first",
            "option, on a real server that is started for it. The CPU time is then without the server's."
        })
public final class DispatchBench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

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

    @Option(names = "--address", description = "A Temporal server, host:port; TEMPORAL_ADDRESS by default.")
    private @Nullable String address = System.getenv("TEMPORAL_ADDRESS");

    private final long run = System.currentTimeMillis();
    private int started;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DispatchBench()).execute(args));
    }

    @Override
    public Integer call() {
        if (address == null) {
            compare(() -> Server.open(null));
            return 0;
        }
        // A worker's end waits for its polls, which on a real server takes its time.
        try (Server one = Server.open(address)) {
            compare(() -> one);
            return 0;
        }
    }

    private void compare(Supplier<Server> servers) {
        List<Pace> bare = new ArrayList<>();
        List<Pace> release = new ArrayList<>();
        for (int round = 1 - warmUp; round <= rounds; round++) {
            boolean bareFirst = round % 2 == 0;
            Pace first = pace(servers.get(), bareFirst);
            Pace second = pace(servers.get(), !bareFirst);
            System.err.printf(
                    Locale.ROOT,
                    "round %d: bare %.0f steps/s, release %.0f%n",
                    round,
                    (bareFirst ? first : second).perSecond(),
                    (bareFirst ? second : first).perSecond());
            if (round >= 1) {
                bare.add(bareFirst ? first : second);
                release.add(bareFirst ? second : first);
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
        print("bare, steps/s", figures(bare, Pace::perSecond), "%.0f");
        print("release, steps/s", figures(release, Pace::perSecond), "%.0f");
        print("ratio of rates", ratios(release, bare, Pace::perSecond), "%.3f");
        print("bare, CPU us/step", figures(bare, Pace::cpuMicros), "%.0f");
        print("release, CPU us/step", figures(release, Pace::cpuMicros), "%.0f");
        print("ratio of CPU times", ratios(bare, release, Pace::cpuMicros), "%.3f");
    }

    /**
     * How fast a round was.
     *
     * @param perSecond steps
     * @param cpuMicros CPU time of the whole process for a step, an in-memory server included
     */
    private record Pace(double perSecond, double cpuMicros) {}

    private static List<Double> figures(List<Pace> paces, ToDoubleFunction<Pace> figure) {
        return paces.stream().map(figure::applyAsDouble).sorted().toList();
    }

    private static List<Double> ratios(List<Pace> one, List<Pace> other, ToDoubleFunction<Pace> figure) {
        return IntStream.range(0, one.size())
                .mapToObj(i -> figure.applyAsDouble(one.get(i)) / figure.applyAsDouble(other.get(i)))
                .sorted()
                .toList();
    }

    private static void print(String name, List<Double> sorted, String form) {
        System.out.printf(
                Locale.ROOT,
                "%-21s median " + form + ", least " + form + ", greatest " + form + "%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    /** From the first start to the last end. */
    private Pace pace(Server server, boolean bare) {
        List<Runnable> starts = new ArrayList<>();
        List<WorkflowStub> runs = new ArrayList<>();
        for (int i = 0; i < releases; i++) {
            starts.add(bare ? bare(server.client(), runs) : release(server.client(), runs));
        }
        try {
            System.gc();
            long begin = System.nanoTime();
            long cpu = CPU.getProcessCpuTime();
            starts.forEach(Runnable::run);
            for (WorkflowStub one : runs) {
                one.getResult(LONGEST.toSeconds(), TimeUnit.SECONDS, Object.class);
            }
            double all = releases * (double) steps;
            return new Pace(all / ((System.nanoTime() - begin) / 1e9), (CPU.getProcessCpuTime() - cpu) / 1e3 / all);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a round took more than " + LONGEST, e);
        } finally {
            if (address == null) {
                server.close();
            }
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
