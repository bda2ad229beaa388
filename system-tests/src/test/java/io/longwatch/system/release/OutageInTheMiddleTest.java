package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.system.release.Site.System;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release that misbehaves, and servers that fail it where it hurts: PostgreSQL hangs when the schema is migrated, the
 * Kubernetes API is gone while the first node starts and again when the former version is to come back, and Prometheus is
 * gone for two looks of the soak.
 */
@Tag("by-hand")
@Timeout(900)
class OutageInTheMiddleTest {
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final Duration SLOW_FROM = Duration.ofSeconds(240);
    private static final Duration TWO_LOOKS = Duration.ofSeconds(5);
    private static final String BLIND_FOR_A_WHILE = "overnight";
    /** So long that its extension, a quarter of it, makes up for the looks that see nothing. */
    private static final String BLIND_WINDOW = "45s";

    private static final int FAILURES_AHEAD_OF_A_VERDICT = 3;

    /** What is down, and the step that is to wait for it. */
    private static final Map<String, System> WAITED_FOR = Map.of(
            "schema", System.POSTGRES,
            "first-rollout", System.KUBERNETES,
            "former-version", System.KUBERNETES);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Map<String, String> said = new LinkedHashMap<>();
    private final List<String> begun = new ArrayList<>();
    private @Nullable Instant blindFrom;

    @Test
    void aReleaseWaitsForWhatItNeedsInTheMiddleAndIsRolledBackAllTheSame() throws Exception {
        try (RealWorld world = RealWorld.start(folder);
                Site site = world.site("middle", Misbehaviour.slow(SLOW_FROM))) {
            // Given
            Looking looking = new Looking(site);
            BusyMachine busy = new BusyMachine();
            site.link(System.POSTGRES).stall();
            begun.add("schema");
            site.startWorker();

            // When
            AurenRelease release = AurenRelease.start(
                            site, AurenPlan.asItIs(), "peak=60s", "overnight=" + BLIND_WINDOW, "leakWatch=240s")
                    .answering(busy::answer);
            ReleaseRecord end = release.follow(PATIENCE, now -> {
                breakAt(site, now, "first-rollout", isRunning(now, "first-rollout"));
                breakAt(site, now, "former-version", isAboutToFail(now, looking));
                mendWhatIsWaitedFor(site, release);
                blindTheSoak(site, now);
            });

            // Then
            java.lang.System.out.println(AurenRelease.words(end) + said);
            assertThat(busy.passed()).as("latency that people let pass").doesNotHaveDuplicates();
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(said).containsOnlyKeys(WAITED_FOR.keySet());
            said.forEach((step, text) -> assertThat(text)
                    .as("what " + step + " is said to wait for")
                    .contains("127.0.0.1:" + site.link(WAITED_FOR.get(step)).port()));
            assertPrometheusWasMissed(end, site);
            assertItIsTakenBack(end, site);
        }
    }

    private static boolean isRunning(ReleaseRecord now, String id) {
        return now.step(id).filter(step -> step.state() == StepState.RUNNING).isPresent();
    }

    /** In the last window alone: what a busy machine takes for slow before is no breach. */
    private static boolean isAboutToFail(ReleaseRecord now, Looking looking) {
        return window(now, "leak-watch").startsAt() != null
                && looking.failures("latency") >= FAILURES_AHEAD_OF_A_VERDICT;
    }

    private void breakAt(Site site, ReleaseRecord now, String step, boolean there) {
        if (there && !begun.contains(step) && !now.state().ended()) {
            begun.add(step);
            site.link(WAITED_FOR.get(step)).cut();
        }
    }

    private void mendWhatIsWaitedFor(Site site, AurenRelease release) {
        begun.stream().filter(step -> !said.containsKey(step)).forEach(step -> {
            String problem = release.problemOf(step);
            if (!problem.isEmpty()) {
                said.put(step, problem);
                site.link(WAITED_FOR.get(step)).mend();
            }
        });
    }

    private void blindTheSoak(Site site, ReleaseRecord now) {
        WindowRecord window = window(now, BLIND_FOR_A_WHILE);
        Instant present = Clock.systemUTC().instant();
        if (window.startsAt() != null && window.verdict() == null && blindFrom == null) {
            blindFrom = present;
            site.link(System.PROMETHEUS).cut();
        } else if (blindFrom != null && blindFrom.plus(TWO_LOOKS).isBefore(present)) {
            site.link(System.PROMETHEUS).mend();
        }
    }

    private static WindowRecord window(ReleaseRecord now, String id) {
        return now.soak().stream()
                .filter(one -> one.window().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertPrometheusWasMissed(ReleaseRecord end, Site site) {
        WindowRecord window = window(end, BLIND_FOR_A_WHILE);
        assertThat(window.verdict()).as(String.valueOf(window)).isEqualTo(Verdict.PASSED);
        assertThat(window.result().checks())
                .filteredOn(check -> !AurenPlan.CHECKS_OF_KUBERNETES.contains(check.id()))
                .extracting(CheckVerdict::errors, CheckVerdict::message)
                .as("errors of a check, and what it says of them")
                .anySatisfy(seen -> {
                    assertThat((Integer) seen.toList().get(0)).isBetween(1, 4);
                    assertThat(String.valueOf(seen.toList().get(1)))
                            .contains(
                                    "127.0.0.1:" + site.link(System.PROMETHEUS).port());
                });
    }

    private static void assertItIsTakenBack(ReleaseRecord end, Site site) {
        FarSide far = new FarSide(site);
        assertThat(end.soak())
                .filteredOn(window -> window.verdict() == Verdict.FAILED)
                .singleElement()
                .satisfies(window -> assertThat(window.result().summary()).contains("P99 latency"));
        assertThat(end.rollback())
                .flatExtracting(phase -> phase.steps())
                .extracting(StepRecord::state)
                .containsOnly(StepState.PASSED);
        assertThat(end.effects())
                .allSatisfy(effect -> assertThat(effect.state())
                        .as(String.valueOf(effect))
                        .isIn(EffectState.REVERTED, EffectState.KEPT, EffectState.NOT_NEEDED));
        assertThat(far.revisions()).containsExactly(entry(2, site.version()), entry(3, "v1.9"));
        assertThat(far.deploymentWrites().generations())
                .as("rolled out, scaled, taken back")
                .containsExactly(2L, 3L, 4L);
        assertThat(far.running()).containsExactly("v1.9", "v1.9");
    }
}
