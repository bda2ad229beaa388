package io.longwatch.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Template;
import io.longwatch.plan.Check;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.sandbox.prometheus.ConfigFiles;
import io.longwatch.sandbox.prometheus.PrometheusStandIn;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import io.longwatch.starter.plan.PlanFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The plan's own query for growing memory, over nodes as the sandbox plays them. */
class MemorySlopeTest {
    private static final Path PLAN = Path.of("..", "plans", "auren-biometric-bridge", "plan.yaml");
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final ConfigFiles CADVISOR = ConfigFiles.of("scrape_configs: [{job_name: kubernetes-cadvisor}]");
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final double LIMIT = 4;

    private final List<Series> series = new ArrayList<>();

    @Test
    void aNodeThatReplacesAnotherIsNoLeak() {
        // Given
        node("biometric-bridge-a", START, Misbehaviour.NONE);
        node("biometric-bridge-b", START.plus(Duration.ofHours(10)), Misbehaviour.NONE);

        // When
        List<Double> seen = run(planned(), 8, 24);
        List<Double> withoutRegardToAge = run(planned().replaceAll(" and on \\(pod\\).*?offset \\w+\\)", ""), 8, 24);

        // Then
        assertThat(seen).hasSize(33).allMatch(slope -> slope < LIMIT);
        assertThat(withoutRegardToAge).anyMatch(slope -> slope > 2 * LIMIT);
    }

    @Test
    void aLeakOfANodeThatIsOldEnoughIsSeenBesideAYoungOne() {
        // Given
        node("biometric-bridge-a", START, Misbehaviour.leaking(Duration.ofHours(10)));
        node("biometric-bridge-b", START.plus(Duration.ofHours(12)), Misbehaviour.NONE);

        // When
        List<Double> seen = run(planned(), 14, 17);

        // Then
        assertThat(seen).allMatch(slope -> slope > LIMIT);
    }

    private void node(String name, Instant startedAt, Misbehaviour misbehaviour) {
        BridgePod pod = new BridgePod("production", name, "v2.0", startedAt);
        series.addAll(
                new BridgeMetrics(pod, new Lifetime(pod, 1, misbehaviour), new Received(), misbehaviour).series());
    }

    private List<Double> run(String query, int fromHour, int toHour) {
        Instant end = START.plus(Duration.ofHours(toHour));
        try (PrometheusStandIn prometheus =
                PrometheusStandIn.start(() -> series, CADVISOR, Clock.fixed(end, ZoneOffset.UTC))) {
            List<Run> runs = prometheus.queryRange(query, START.plus(Duration.ofHours(fromHour)), end, STEP);
            assertThat(runs).hasSize(1);
            return DoubleStream.of(runs.get(0).numbers()).boxed().toList();
        }
    }

    private static String planned() {
        Loaded loaded = (Loaded) PlanFolder.of(PLAN).load(Contracts.catalog(), Map.of(), Mode.FOR_START);
        Check check = loaded.plan().soak().checks().stream()
                .filter(one -> one.id().equals("memory-slope"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> params = new LinkedHashMap<>(loaded.parameters());
        params.replaceAll(
                (name, value) -> value instanceof String text && text.startsWith("PT") ? Duration.parse(text) : value);
        return String.valueOf(
                Template.resolve(check.with().get("query"), Expressions.shared(), Map.of("params", params)));
    }
}
