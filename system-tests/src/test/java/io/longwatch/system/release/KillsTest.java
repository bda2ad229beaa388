package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases of the bridge whose workers are killed again and again: two releases side by side, one with a single worker, one
 * with two. {@code -Dlongwatch.kills} and {@code -Dlongwatch.seed} say how often and which.
 */
@Timeout(4 * 3600)
class KillsTest {
    private static final int KILLS = Integer.getInteger("longwatch.kills", 20);
    private static final long SEED = Long.getLong("longwatch.seed", new Random().nextInt(1_000_000));
    private static final int IN_ONE_RELEASE = 10;

    /** Looks that are due in each window. */
    private static final Map<String, Integer> DUE = Map.of("startup", 3, "peak", 3, "overnight", 5, "leak-watch", 10);

    private static final Duration PATIENCE = Duration.ofMinutes(12);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final AtomicInteger left = new AtomicInteger(KILLS);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();

    @Test
    void releasesEndAsIfNoWorkerHadDied() throws Exception {
        say("%d kills with seed %d; again: system-tests/kills %d %d", KILLS, SEED, KILLS, SEED);
        try (RealWorld world = RealWorld.start(folder)) {
            ExecutorService lanes = Executors.newFixedThreadPool(2);
            try {
                Future<?> alone = lanes.submit(() -> lane(world, 1));
                Future<?> together = lanes.submit(() -> lane(world, 2));
                alone.get();
                together.get();
            } finally {
                lanes.shutdownNow();
            }
        }
        say("%d kills in %d releases", done.get(), releases.get());
    }

    private Void lane(RealWorld world, int workers) throws Exception {
        for (int number = 1; ; number++) {
            int kills = Math.min(IN_ONE_RELEASE, left.getAndUpdate(many -> Math.max(0, many - IN_ONE_RELEASE)));
            if (kills == 0) {
                return null;
            }
            release(world, "kills-" + workers + "-" + number, workers, kills, SEED * 1000 + workers * 100L + number);
        }
    }

    private void release(RealWorld world, String name, int workers, int planned, long seed) throws Exception {
        // Given
        try (Site site = world.site(name, Misbehaviour.NONE);
                Kills kills = new Kills(site, seed, workers, planned)) {
            Person person = new Person(site);

            // When
            AurenRelease release = AurenRelease.start(site).answering(person::answer);
            kills.begin();
            ReleaseRecord end;
            try {
                end = release.follow(PATIENCE, kills::see);
            } finally {
                kills.end();
                done.addAndGet(kills.done());
                left.addAndGet(planned - kills.done());
                say("%s, %d kills:%n%s%n%s", name, kills.done(), kills.words(), person.words());
            }

            // Then
            releases.incrementAndGet();
            say("%s", AurenRelease.words(end));
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
            assertNothingIsLost(end);
            if (workers == 1) {
                assertLooksWereMissed(end);
            }
            FarSide far = new FarSide(site);
            assertNothingIsTwice(far, site, person.retries());
            assertThat(end.step("image").orElseThrow().result().path("digest").asText())
                    .isEqualTo(far.imageDigest());
        }
    }

    private static void assertNothingIsLost(ReleaseRecord end) {
        assertThat(end.phases())
                .flatExtracting(PhaseRecord::steps)
                .allSatisfy(step -> assertThat(step.state())
                        .as(String.valueOf(step))
                        .isIn(StepState.PASSED, StepState.ATTESTED, StepState.NOT_APPLICABLE, StepState.WAIVED));
        assertThat(end.effects()).extracting(effect -> effect.state()).containsOnly(EffectState.KEPT);
        assertThat(end.effects()).extracting(effect -> effect.step()).doesNotHaveDuplicates();
        assertThat(end.soak()).allSatisfy(window -> {
            assertThat(window.verdict()).isIn(Verdict.PASSED, Verdict.WAIVED);
            assertThat(window.result().looks()
                            + window.result().backfilled()
                            + window.result().missed())
                    .as(window.result().toString())
                    .isGreaterThanOrEqualTo(DUE.getOrDefault(window.window(), 1));
        });
    }

    private static void assertLooksWereMissed(ReleaseRecord end) {
        WindowResult last = end.soak().get(end.soak().size() - 1).result();
        assertThat(last.missed() + last.backfilled()).as(last.toString()).isPositive();
    }

    private static void assertNothingIsTwice(FarSide far, Site site, int retries) throws Exception {
        assertThat(far.commits()).isEqualTo(1);
        assertThat(far.tagged()).isTrue();
        assertThat(far.topics()).containsExactly(entry("biometric-events", 6), entry("biometric-events.dlq", 3));
        assertThat(far.migrations()).containsExactly("biometric-bridge-" + site.version());
        assertThat(far.revisions()).containsExactly(entry(1, "v1.9"), entry(2, site.version()));
        assertThat(far.generation()).as("created, rolled out, scaled").isEqualTo(3);
        assertThat(far.running()).containsExactly(site.version(), site.version());
        assertThat(far.testEvents()).containsOnlyKeys("oura", "whoop", "healthkit");
        assertThat(far.testEvents().values()).allMatch(times -> times <= 1 + retries);
    }

    private static void say(String text, Object... values) {
        System.out.printf(text + "%n", values);
    }

    /** Who is asked when nobody knows how a step ended: looks first, as a person would. */
    private static final class Person {
        private final FarSide far;
        private final List<String> asked = new ArrayList<>();
        private int retries;

        Person(Site site) {
            this.far = new FarSide(site);
        }

        Verb answer(Question question) {
            Verb verb = choose(question);
            asked.add("asked: " + question.title() + " " + question.details() + " -> " + verb);
            return verb;
        }

        private Verb choose(Question question) {
            if (!question.subject().equals("webhooks")) {
                return AurenRelease.letMeasurementsPass(question);
            }
            try {
                if (far.testEvents().size() == 3) {
                    return Verb.SKIP;
                }
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            retries++;
            return Verb.RETRY;
        }

        int retries() {
            return retries;
        }

        String words() {
            return String.join("\n", asked);
        }
    }
}
