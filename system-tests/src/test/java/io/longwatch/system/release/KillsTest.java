package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.system.release.Kills.Aim;
import io.longwatch.system.release.Kills.Stretch;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Releases of the bridge whose workers are killed again and again, three side by side: one with a single worker, one with
 * two, and one that misbehaves and whose workers are killed while it is rolled back. {@code -Dlongwatch.kills} and
 * {@code -Dlongwatch.seed} say how often and which.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(4 * 3600)
class KillsTest {
    private static final int KILLS = Integer.getInteger("longwatch.kills", 20);
    private static final long SEED = Long.getLong("longwatch.seed", new Random().nextInt(1_000_000));
    private static final int IN_ONE_RELEASE = 9;
    private static final int IN_ONE_ROLLBACK = 5;

    /** Some of what is planned comes too late for its release, which would take another release for a kill or two. */
    private static final int PLANNED = KILLS + KILLS / 6;

    /** Looks that are due in each window. */
    private static final Map<String, Integer> DUE = Map.of("startup", 3, "peak", 3, "overnight", 5, "leak-watch", 10);

    private static final Duration SLOW_FROM = Duration.ofSeconds(55);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final AtomicInteger left = new AtomicInteger(PLANNED);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger handovers = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private volatile boolean failed;

    @Test
    void releasesEndAsIfNoWorkerHadDied() throws Exception {
        say("%d kills with seed %d; again: system-tests/kills %d %d", KILLS, SEED, KILLS, SEED);
        try (RealWorld world = RealWorld.start(folder)) {
            ExecutorService lanes = Executors.newFixedThreadPool(3);
            try {
                List<Future<?>> all = List.of(
                        lanes.submit(() -> lane(IN_ONE_RELEASE, (number, many) -> succeeds(world, number, many, 1))),
                        lanes.submit(() -> lane(IN_ONE_RELEASE, (number, many) -> succeeds(world, number, many, 2))),
                        lanes.submit(() -> lane(IN_ONE_ROLLBACK, (number, many) -> isRolledBack(world, number, many))));
                for (Future<?> each : all) {
                    each.get();
                }
            } finally {
                lanes.shutdownNow();
            }
        }
        say("%d kills and %d handovers in %d releases", done.get(), handovers.get(), releases.get());
        assertThat(done.get()).isGreaterThanOrEqualTo(KILLS);
    }

    /** Releases one after the other, until there were kills enough. */
    private Void lane(int most, Release release) throws Exception {
        for (int number = 1; !failed; number++) {
            int planned = Math.min(most, left.getAndUpdate(many -> Math.max(0, many - most)));
            if (planned <= 0 || done.get() >= KILLS) {
                return null;
            }
            left.addAndGet(Math.max(0, planned - killed(release, number, planned)));
        }
        return null;
    }

    /** How often workers were killed in a release; a failure is told at once, and no other lane begins another. */
    private int killed(Release release, int number, int planned) throws Exception {
        try {
            return release.run(number, planned);
        } catch (Exception | AssertionError e) {
            failed = true;
            say("release %d of a lane failed: %s", number, e);
            throw e;
        }
    }

    private interface Release {
        /** Runs one in which workers are killed so many times; returns how often they were. */
        int run(int number, int kills) throws Exception;
    }

    private int succeeds(RealWorld world, int number, int planned, int workers) throws Exception {
        // Given
        Aim aim = (workers + number) % 2 == 0 ? Aim.WEBHOOKS : Aim.COMMAND;
        try (Site site = world.site("kills-" + workers + "-" + number, Misbehaviour.NONE);
                Kills kills =
                        new Kills(site, SEED * 1000 + workers * 100L + number, Stretch.WHOLE, aim, workers, planned)) {
            site.balancer().answerPostsAfter(aim == Aim.WEBHOOKS ? SLOW_ANSWER : Duration.ZERO);
            Person person = new Person(site);
            AurenRelease release = AurenRelease.start(
                            site, site.plan(), AurenRelease.ANY_LATENCY, AurenRelease.NO_LATENCY_ALERT)
                    .answering(person::answer);

            // When
            ReleaseRecord end = killedTo(site, release, kills, person);

            // Then
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
            assertNothingIsLost(end, person);
            assertThat(kills.aimMet()).as("killed at the " + aim).isTrue();
            if (aim == Aim.COMMAND) {
                assertPeopleAreAskedAboutWhatIsUnknown(end, person);
            }
            if (workers == 1) {
                assertLooksWereMissed(end);
            }
            assertNothingIsTwice(new FarSide(site), site, end);
            new LedgerSide(site).assertHolds(end);
            return kills.done();
        }
    }

    private int isRolledBack(RealWorld world, int number, int planned) throws Exception {
        // Given
        int workers = 1 + number % 2;
        try (Site site = world.site("kills-back-" + number, Misbehaviour.slow(SLOW_FROM));
                Kills kills =
                        new Kills(site, SEED * 1000 + 900L + number, Stretch.ROLLBACK, Aim.NOWHERE, workers, planned)) {
            BusyMachine busy = new BusyMachine();
            AurenRelease release =
                    AurenRelease.start(site, site.plan(), "leakWatch=45s").answering(busy::answer);

            // When
            ReleaseRecord end = killedTo(site, release, kills, new Person(site));

            // Then
            assertThat(busy.passed()).as("latency that people let pass").doesNotHaveDuplicates();
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(kills.done()).isPositive();
            assertItIsTakenBackOnce(new FarSide(site), site, end);
            new LedgerSide(site).assertHolds(end);
            return kills.done();
        }
    }

    private ReleaseRecord killedTo(Site site, AurenRelease release, Kills kills, Person person) {
        kills.begin();
        try {
            ReleaseRecord end = release.follow(PATIENCE, kills::see);
            say("%s", AurenRelease.words(end));
            return end;
        } finally {
            kills.end();
            done.addAndGet(kills.done());
            handovers.addAndGet(kills.handovers());
            releases.incrementAndGet();
            say(
                    "%s, %d kills, %d handovers:%n%s%n%s",
                    site.name(), kills.done(), kills.handovers(), kills.words(), person.words());
        }
    }

    private static void assertNothingIsLost(ReleaseRecord end, Person person) {
        assertThat(end.phases())
                .flatExtracting(PhaseRecord::steps)
                .allSatisfy(step -> assertThat(step.state())
                        .as(String.valueOf(step))
                        .isIn(
                                person.skipped().contains(step.id())
                                        ? List.of(StepState.WAIVED)
                                        : List.of(StepState.PASSED, StepState.ATTESTED, StepState.NOT_APPLICABLE)));
        assertThat(end.effects()).extracting(EffectRecord::state).containsOnly(EffectState.KEPT);
        assertThat(end.effects()).extracting(EffectRecord::step).doesNotHaveDuplicates();
        assertThat(end.soak()).allSatisfy(window -> {
            Verdict expected = person.unseen().contains(window.window()) ? Verdict.WAIVED : Verdict.PASSED;
            assertThat(window.verdict()).as(String.valueOf(window)).isEqualTo(expected);
            assertThat(window.result().looks()
                            + window.result().backfilled()
                            + window.result().missed())
                    .as(window.result().toString())
                    .isGreaterThanOrEqualTo(DUE.getOrDefault(window.window(), 1));
        });
    }

    /** A command whose worker died may have run: nobody but a person can say, each time that it was tried. */
    private static void assertPeopleAreAskedAboutWhatIsUnknown(ReleaseRecord end, Person person) {
        assertThat(person.skipped()).containsExactly(AurenPlan.TOLD);
        assertThat(end.step(AurenPlan.TOLD).orElseThrow().attempts()).isEqualTo(person.askedAboutTheCommand());
    }

    private static void assertLooksWereMissed(ReleaseRecord end) {
        WindowResult last = end.soak().get(end.soak().size() - 1).result();
        assertThat(last.missed() + last.backfilled()).as(last.toString()).isPositive();
    }

    private static void assertNothingIsTwice(FarSide far, Site site, ReleaseRecord end) throws Exception {
        assertEffectsAheadOfTheRolloutAreThereOnce(far, site, end);
        assertThat(far.revisions()).containsExactly(entry(1, "v1.9"), entry(2, site.version()));
        assertThat(far.generation()).as("created, rolled out, scaled").isEqualTo(3);
        assertThat(far.deploymentWrites().generations())
                .as("rolled out, scaled")
                .containsExactly(2L, 3L);
        assertThat(far.serviceWrites().versions()).as("versions of the Service").hasSize(1);
        assertThat(far.dashboards()).as("versions of the dashboard").isEqualTo(1);
        assertThat(far.serviceWrites().deletions() + far.monitoringWrites().deletions())
                .as("deletions")
                .isZero();
        assertThat(far.running()).containsExactly(site.version(), site.version());
    }

    private static void assertEffectsAheadOfTheRolloutAreThereOnce(FarSide far, Site site, ReleaseRecord end)
            throws Exception {
        assertThat(far.commits()).isEqualTo(1);
        assertThat(far.pushes()).as("pushes of main").isEqualTo(1);
        assertThat(far.tagged()).isTrue();
        assertThat(far.tagPushes()).as("pushes of the tag").isEqualTo(1);
        assertThat(far.imagePushes()).as("manifests put under the tag").isEqualTo(1);
        assertThat(end.step("image").orElseThrow().result().path("digest").asText())
                .isEqualTo(far.imageDigest());
        assertThat(far.topics()).containsExactly(entry("biometric-events", 6), entry("biometric-events.dlq", 3));
        assertThat(far.migrations()).containsExactly("biometric-bridge-" + site.version(), "counted-" + site.version());
        assertThat(far.counted()).as("rows of the migration").hasSize(1);
        assertThat(far.monitoringWrites().versions())
                .as("versions of the ConfigMap")
                .hasSize(1);
        assertThat(far.testEvents()).containsOnly(entry("oura", 1), entry("whoop", 1), entry("healthkit", 1));
        assertThat(far.webhookKeys()).as("keys of webhooks").hasSize(3).doesNotContain("");
        assertThat(site.told()).as("lines of the command").hasSize(1);
        assertThat(far.messages(end.release()))
                .as("messages in Slack, by key")
                .isNotEmpty()
                .allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }

    private static void assertItIsTakenBackOnce(FarSide far, Site site, ReleaseRecord end) throws Exception {
        assertEffectsAheadOfTheRolloutAreThereOnce(far, site, end);
        assertThat(far.revisions()).containsExactly(entry(2, site.version()), entry(3, "v1.9"));
        assertThat(far.deploymentWrites().generations())
                .as("rolled out, scaled, taken back")
                .containsExactly(2L, 3L, 4L);
        assertThat(far.running()).containsExactly("v1.9", "v1.9");
        assertThat(far.deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(far.monitoringWrites().deletions())
                .as("deletions of the ConfigMap")
                .isEqualTo(1);
        assertThat(far.dashboards()).as("versions of the dashboard").isZero();
        assertThat(end.rollback())
                .flatExtracting(PhaseRecord::steps)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.state())
                        .as(String.valueOf(step))
                        .isIn(StepState.PASSED, StepState.NOT_APPLICABLE));
        assertThat(end.effects()).extracting(EffectRecord::step).doesNotHaveDuplicates();
        assertThat(end.effects())
                .allSatisfy(effect -> assertThat(effect.state())
                        .as(String.valueOf(effect))
                        .isIn(EffectState.REVERTED, EffectState.KEPT, EffectState.NOT_NEEDED));
        assertThat(end.effects())
                .filteredOn(effect -> effect.step().equals("first-node"))
                .singleElement()
                .satisfies(effect -> assertThat(effect.state()).isEqualTo(EffectState.REVERTED));
    }

    private static void say(String text, Object... values) {
        System.out.printf(text + "%n", values);
    }

    /** Who is asked how the command ended that nobody saw end: looks first, as a person would. */
    private static final class Person {
        /** Steps that post to the bridge, which knows a repeated key. */
        private static final List<String> POSTING = List.of("webhooks", "forged");

        private static final List<String> RAN_OUT =
                List.of("the worker that ran it was lost", "an attempt took too long", "not done within its timeout");

        private final Site site;
        private final List<String> asked = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private final List<String> unseen = new ArrayList<>();
        private int askedAboutTheCommand;

        Person(Site site) {
            this.site = site;
        }

        Verb answer(ReleaseRecord now, Question question) {
            if (Doubt.in(now, question)
                    .filter(doubt -> doubt.isOfABusyMachine() || (doubt.partWasUnseen() && doubt.nothingIsAgainst()))
                    .isPresent()) {
                unseen.add(question.subject());
                asked.add("asked: " + question.title() + " " + question.details() + " -> " + Verb.WAIVE);
                return Verb.WAIVE;
            }
            if (POSTING.contains(question.subject())) {
                asked.add("asked: " + question.title() + " " + question.details() + " -> " + Verb.RETRY);
                return Verb.RETRY;
            }
            if (!question.subject().equals(AurenPlan.TOLD) && ranOut(question)) {
                asked.add("asked: " + question.title() + " " + question.details() + " -> " + Verb.RETRY);
                return Verb.RETRY;
            }
            if (!question.subject().equals(AurenPlan.TOLD)) {
                throw new AssertionError("nobody expected to be asked: " + question + AurenRelease.words(now));
            }
            Verb verb = site.told().isEmpty() ? Verb.RETRY : Verb.SKIP;
            asked.add("asked: " + question.title() + " " + question.details() + " -> " + verb);
            askedAboutTheCommand++;
            if (verb == Verb.SKIP) {
                skipped.add(question.subject());
            }
            return verb;
        }

        /** Of a step whose workers died until its time was up, and which may be repeated. */
        private static boolean ranOut(Question question) {
            return question.kind() == Question.Kind.FAILED_STEP
                    && question.details().stream()
                            .anyMatch(problem -> RAN_OUT.stream().anyMatch(problem::contains));
        }

        int askedAboutTheCommand() {
            return askedAboutTheCommand;
        }

        List<String> skipped() {
            return List.copyOf(skipped);
        }

        /** Windows that they let pass since nobody was there to look. */
        List<String> unseen() {
            return List.copyOf(unseen);
        }

        String words() {
            return String.join("\n", asked);
        }
    }
}
