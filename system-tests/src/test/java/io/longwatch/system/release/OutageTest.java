package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.system.release.Site.System;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * PostgreSQL, Redis, Kafka, the Kubernetes API and Prometheus are all down when the release begins, each until it has been
 * waited for; and once more each for two looks of the soak, of which the looks need two. The Temporal server is killed and
 * started again on its database, once while a step runs and once in the soak.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(900)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(9);
    private static final Duration WAITED = Duration.ofSeconds(6);
    private static final Duration TWO_LOOKS = Duration.ofSeconds(7);

    private static final String A_STEP = "second-rollout";
    private static final String IN_THE_SOAK = "the soak";

    /** The first step that needs each. */
    private static final Map<System, String> NEEDED_BY = new EnumMap<>(Map.of(
            System.POSTGRES, "schema",
            System.REDIS, "cache-answers",
            System.KAFKA, "brokers",
            System.KUBERNETES, "secrets",
            System.PROMETHEUS, "monitoring-loaded"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<String> restarted = new ArrayList<>();
    private final Map<System, String> status = new EnumMap<>(System.class);
    private final Map<System, Instant> cutInTheSoak = new EnumMap<>(System.class);

    @Test
    void aReleaseWaitsForWhatItNeedsAndSaysSoAndEndsWell() throws Exception {
        try (RealWorld world = RealWorld.start(folder);
                Site site = world.site("outages", Misbehaviour.NONE)) {
            // Given
            NEEDED_BY.keySet().forEach(system -> site.link(system).cut());
            site.startWorker();

            // When
            AurenRelease release = AurenRelease.start(
                            site,
                            AurenPlan.asItIs(),
                            AurenRelease.ANY_LATENCY,
                            AurenRelease.NO_LATENCY_ALERT,
                            "leakWatch=60s")
                    .answering(OutageTest::answer);
            ReleaseRecord end = release.follow(PATIENCE, now -> {
                mendWhatIsWaitedFor(site, release, now);
                restartTemporal(world, now);
                breakInTheSoak(site, now);
            });

            // Then
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(status).containsOnlyKeys(NEEDED_BY.keySet());
            status.forEach((system, said) -> assertThat(said)
                    .as("what the step that needs %s is said to wait for", system)
                    .contains(Integer.toString(site.link(system).port())));
            assertThat(cutInTheSoak).containsOnlyKeys(NEEDED_BY.keySet());
            assertThat(end.steps())
                    .allSatisfy(step -> assertThat(step.state())
                            .as(String.valueOf(step))
                            .isIn(StepState.PASSED, StepState.ATTESTED, StepState.NOT_APPLICABLE));
            assertThat(restarted).as("where Temporal was restarted").containsExactly(A_STEP, IN_THE_SOAK);
            WindowResult last = last(end.soak()).result();
            assertThat(last.checks()).allSatisfy(check -> {
                System needed =
                        AurenPlan.CHECKS_OF_KUBERNETES.contains(check.id()) ? System.KUBERNETES : System.PROMETHEUS;
                assertThat(check.errors()).as(check.toString()).isBetween(1, 4);
                assertThat(check.message())
                        .as("what is said of the looks without " + needed)
                        .contains("127.0.0.1:" + site.link(needed).port());
            });
            assertThat(last(end.soak()).verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    /** A window of seconds, of which an outage took the data: people let it pass if nothing stands against it. */
    private static Verb answer(ReleaseRecord now, Question question) {
        boolean unclear =
                Doubt.in(now, question).filter(Doubt::nothingIsAgainst).isPresent();
        if (!unclear || question.subject().equals(last(now.soak()).window())) {
            throw new AssertionError("nobody expected to be asked: " + question + AurenRelease.words(now));
        }
        return Verb.WAIVE;
    }

    private void mendWhatIsWaitedFor(Site site, AurenRelease release, ReleaseRecord now) {
        NEEDED_BY.forEach((system, id) -> {
            StepRecord step = now.step(id).orElseThrow();
            if (!status.containsKey(system) && hasWaited(step)) {
                // The first attempt may take longer than that to fail.
                String said = release.problemOf(id);
                if (!said.isEmpty()) {
                    status.put(system, said);
                    site.link(system).mend();
                }
            }
        });
    }

    /** Once while a step runs, once while the first window is watched: each time at once when that is seen. */
    private void restartTemporal(RealWorld world, ReleaseRecord now) {
        if (restarted.isEmpty() && now.step(A_STEP).orElseThrow().state() == StepState.RUNNING) {
            restarted.add(A_STEP);
            world.killTemporal();
        }
        WindowRecord window = now.soak().get(0);
        if (restarted.size() == 1 && window.startsAt() != null && window.verdict() == null) {
            restarted.add(IN_THE_SOAK);
            world.killTemporal();
        }
    }

    private static boolean hasWaited(StepRecord step) {
        return step.state() == StepState.RUNNING
                && step.startedAt() != null
                && step.startedAt().plus(WAITED).isBefore(Clock.systemUTC().instant());
    }

    /** One after the other, as long as the last window is open. */
    private void breakInTheSoak(Site site, ReleaseRecord now) {
        WindowRecord window = last(now.soak());
        if (window.startsAt() == null || window.verdict() != null) {
            return;
        }
        Instant present = Clock.systemUTC().instant();
        cutInTheSoak.forEach((system, since) -> {
            if (since.plus(TWO_LOOKS).isBefore(present)) {
                site.link(system).mend();
            }
        });
        boolean mended = cutInTheSoak.values().stream()
                .allMatch(since -> since.plus(TWO_LOOKS).isBefore(present));
        if (mended) {
            List.of(System.KUBERNETES, System.PROMETHEUS).stream()
                    .filter(system -> !cutInTheSoak.containsKey(system))
                    .findFirst()
                    .ifPresent(system -> cut(site, system, present));
            List.of(System.POSTGRES, System.REDIS, System.KAFKA).stream()
                    .filter(system -> !cutInTheSoak.containsKey(system))
                    .forEach(system -> cut(site, system, present));
        }
    }

    private void cut(Site site, System system, Instant present) {
        site.link(system).cut();
        cutInTheSoak.put(system, present);
    }

    private static WindowRecord last(List<WindowRecord> soak) {
        return soak.get(soak.size() - 1);
    }
}
