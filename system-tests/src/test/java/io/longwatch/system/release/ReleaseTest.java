package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.system.histories.Histories;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The release of the biometric bridge from start to end as its users run it, once well and once badly. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class ReleaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(7);
    private static final String WORKFLOW_ID = ReleaseRequest.workflowId("biometric-bridge", "production");
    private static final Duration SLOW_FROM = Duration.ofSeconds(55);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RealWorld world;

    @BeforeAll
    static void startTheServers() throws Exception {
        world = RealWorld.start(folder);
    }

    @AfterAll
    static void stopTheServers() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aReleaseSucceedsAndAllItDidIsThere() throws Exception {
        try (Site site = world.site("calm", Misbehaviour.NONE)) {
            // Given
            site.startWorker();

            // When
            AurenRelease release = AurenRelease.start(
                    site, AurenPlan.asItIs(), AurenRelease.ANY_LATENCY, AurenRelease.NO_LATENCY_ALERT);
            ReleaseRecord end = release.untilItEnds(PATIENCE);

            // Then
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
            Histories.of(site.temporal(), WORKFLOW_ID).replayed().storeAs("auren-succeeded");
            assertThat(end.soak())
                    .allSatisfy(window ->
                            assertThat(window.verdict()).as(window.toString()).isEqualTo(Verdict.PASSED));
            FarSide far = new FarSide(site);
            assertThat(far.commits()).isEqualTo(1);
            assertThat(far.pushes()).isEqualTo(1);
            assertThat(far.tagged()).isTrue();
            assertThat(far.tagPushes()).isEqualTo(1);
            assertThat(far.imagePushes()).isEqualTo(1);
            assertThat(end.step("image").orElseThrow().result().path("digest").asText())
                    .isEqualTo(far.imageDigest());
            assertThat(far.topics()).containsExactly(entry("biometric-events", 6), entry("biometric-events.dlq", 3));
            assertThat(far.tables()).containsExactly("biometric_events", "kafka_dlq", "user_oauth_tokens");
            assertThat(far.migrations()).containsExactly("biometric-bridge-" + site.version());
            assertThat(far.testEvents()).containsOnly(entry("oura", 1), entry("whoop", 1), entry("healthkit", 1));
            assertThat(far.revisions()).containsExactly(entry(1, "v1.9"), entry(2, site.version()));
            assertThat(far.running()).containsExactly(site.version(), site.version());
            assertThat(far.generation()).as("created, rolled out, scaled").isEqualTo(3);
            assertThat(far.deploymentWrites().generations()).containsExactly(2L, 3L);
            assertThat(far.dashboards()).isEqualTo(1);
            assertThat(far.messages(release.id()))
                    .isNotEmpty()
                    .allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
            LedgerSide ledger = new LedgerSide(site);
            ledger.assertHolds(end);
            ledger.assertReportIsReadFrom(release.id());
            assertBoxesAreAccountedFor(site, release);
            assertThat(site.shell().run("report", release.id()).done().out()).contains(site.version(), "SUCCEEDED");
            assertThat(site.shell().run("list", "--json").done().out()).contains(release.id(), "SUCCEEDED");
            assertThat(site.shell().run("watch", release.id(), "--plain").exit())
                    .isZero();
            assertThat(site.shell()
                            .run("status", "biometric-bridge-production-20200101-1")
                            .exit())
                    .isEqualTo(2);
        }
    }

    private static void assertBoxesAreAccountedFor(Site site, AurenRelease release) throws Exception {
        JsonNode boxes = FarSide.json(site.shell()
                        .run("status", release.id(), "--json")
                        .done()
                        .out())
                .path("boxes");
        assertThat(boxes.path("total").asInt()).isEqualTo(42);
        for (StepState state : StepState.values()) {
            if (!state.settled() || state == StepState.OPEN || state == StepState.FAILED) {
                assertThat(boxes.path(state.name()).asInt())
                        .as(state + " of " + boxes)
                        .isZero();
            }
        }
    }

    @Test
    void aBreachDuringTheSoakTakesTheFormerVersionBack() throws Exception {
        try (Site site = world.site("breach", Misbehaviour.slow(SLOW_FROM))) {
            // Given
            site.startWorker();

            // When
            BusyMachine busy = new BusyMachine();
            AurenRelease release = AurenRelease.start(site, AurenPlan.asItIs(), "leakWatch=45s")
                    .answering(busy::answer);
            ReleaseRecord end = release.untilItEnds(PATIENCE);

            // Then
            assertThat(busy.passed()).as("latency that people let pass").doesNotHaveDuplicates();
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.ROLLED_BACK);
            Histories.of(site.temporal(), WORKFLOW_ID).replayed().storeAs("auren-rolled-back");
            new LedgerSide(site).assertHolds(end);
            assertThat(end.soak())
                    .filteredOn(window -> window.verdict() == Verdict.FAILED)
                    .singleElement()
                    .satisfies(window -> assertThat(window.result().summary()).contains("P99 latency"));
            FarSide far = new FarSide(site);
            assertThat(far.running()).containsExactly("v1.9", "v1.9");
            assertThat(far.revisions()).containsExactly(entry(2, site.version()), entry(3, "v1.9"));
            assertThat(far.deployment().getSpec().getReplicas()).isEqualTo(2);
            assertThat(far.testEvents().values()).containsOnly(1);
            assertThat(end.rollback())
                    .flatExtracting(phase -> phase.steps())
                    .allSatisfy(step -> assertThat(step.state())
                            .as(String.valueOf(step))
                            .isIn(StepState.PASSED, StepState.NOT_APPLICABLE));
            assertThat(end.steps())
                    .filteredOn(step -> step.covers().contains(32))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.PASSED));
            assertThat(end.effects())
                    .allSatisfy(effect -> assertThat(effect.state())
                            .as(String.valueOf(effect))
                            .isIn(EffectState.REVERTED, EffectState.KEPT, EffectState.NOT_NEEDED));
            assertThat(site.shell().run("watch", release.id(), "--plain").exit())
                    .isEqualTo(1);
            assertThat(site.shell().run("status", release.id(), "--json").done().out())
                    .contains("ROLLED_BACK");
        }
    }
}
