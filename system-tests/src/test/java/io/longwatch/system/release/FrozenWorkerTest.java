package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowProgress;
import io.longwatch.system.parts.ServerProcess;
import io.longwatch.system.release.Site.System;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker that stands still for longer than the server waits for it, as a machine does whose memory is swapped or whose
 * disk hangs: once in the middle of a kubernetes.apply, once in the middle of a look. Another takes its work over; then it
 * goes on where it stood, and does not know that its attempt is no longer wanted.
 */
@Tag("by-hand")
@Timeout(1200)
class FrozenWorkerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SLOWLY = Duration.ofSeconds(1);
    private static final Duration AN_ATTEMPT = Duration.ofMinutes(2);
    private static final String WINDOW = "leak-watch";
    private static final int LOOKS_OF_ANOTHER = 2;
    /** Two attempts at a look are lost, each for its whole bound: a window is extended by a quarter of its length at most. */
    private static final String LONG_ENOUGH = "leakWatch=300s";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<WindowProgress> stood = new ArrayList<>();
    private @Nullable ServerProcess frozen;
    private @Nullable ServerProcess awake;
    private @Nullable WindowProgress frozenAt;
    private boolean applyMet;
    private boolean applyThawed;
    private boolean lookMet;
    private boolean lookThawed;

    @Test
    void whatAFrozenWorkerDoesLateChangesNothing() throws Exception {
        try (RealWorld world = RealWorld.start(folder);
                Site site = world.site("frozen", Misbehaviour.NONE)) {
            // Given
            Looking looking = new Looking(site);
            awake = site.startWorker();

            // When
            AurenRelease release = AurenRelease.start(
                    site, AurenPlan.asItIs(), AurenRelease.ANY_LATENCY, AurenRelease.NO_LATENCY_ALERT, LONG_ENOUGH);
            ReleaseRecord end = release.follow(PATIENCE, now -> {
                freezeInTheApply(site, looking, now);
                thawAfterTheApply(now);
                freezeInALook(site, looking, now);
                thawAfterTheLooksOfAnother(looking);
            });

            // Then
            assertThat(applyThawed).as("frozen and thawed in the apply").isTrue();
            assertThat(lookThawed).as("frozen and thawed in a look").isTrue();
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
            assertNothingChangedLate(new FarSide(site), site, end);
            assertTheCountersNeverWentBack(end);
        }
    }

    private void freezeInTheApply(Site site, Looking looking, ReleaseRecord now) {
        if (!applyMet && isWaitingFor(now, "go")) {
            applyMet = true;
            // The gate has just been answered.
            site.link(System.KUBERNETES).slow(SLOWLY);
            looking.awaitAttempt("kubernetes.apply", AN_ATTEMPT);
            freeze(site, System.KUBERNETES);
        }
    }

    private static boolean isWaitingFor(ReleaseRecord now, String gate) {
        return now.questions().stream().anyMatch(question -> question.subject().equals(gate));
    }

    /** What it has sent and has not arrived is lost; another worker comes. */
    private void freeze(Site site, System system) {
        site.link(system).stall();
        ServerProcess stopped = awake;
        stopped.freeze();
        frozen = stopped;
        site.link(system).cut();
        site.link(system).slow(Duration.ZERO);
        site.link(system).mend();
        try {
            awake = site.startWorker();
        } catch (Exception e) {
            throw new IllegalStateException("no other worker comes", e);
        }
    }

    private void thawAfterTheApply(ReleaseRecord now) {
        if (frozen != null
                && !applyThawed
                && now.step("first-rollout").orElseThrow().state() == StepState.PASSED) {
            frozen.thaw();
            applyThawed = true;
        }
    }

    private void freezeInALook(Site site, Looking looking, ReleaseRecord now) {
        if (applyThawed && !lookMet && isOpen(now) && looking.window().isPresent()) {
            lookMet = true;
            // Whose looks these are must be plain.
            frozen.kill();
            site.link(System.PROMETHEUS).slow(SLOWLY);
            looking.awaitAttempt("soak.watch", AN_ATTEMPT);
            freeze(site, System.PROMETHEUS);
            frozenAt = looking.window().orElseThrow();
        }
    }

    private static boolean isOpen(ReleaseRecord now) {
        WindowRecord window = now.soak().stream()
                .filter(one -> one.window().equals(WINDOW))
                .findFirst()
                .orElseThrow();
        return window.startsAt() != null && window.verdict() == null;
    }

    private void thawAfterTheLooksOfAnother(Looking looking) {
        if (frozenAt == null) {
            return;
        }
        looking.window().ifPresent(stood::add);
        if (!lookThawed
                && !stood.isEmpty()
                && stood.get(stood.size() - 1).looks() >= frozenAt.looks() + LOOKS_OF_ANOTHER) {
            frozen.thaw();
            lookThawed = true;
        }
    }

    private static void assertNothingChangedLate(FarSide far, Site site, ReleaseRecord end) {
        assertThat(far.deploymentWrites().generations())
                .as("rolled out, scaled")
                .containsExactly(2L, 3L);
        assertThat(far.generation()).isEqualTo(3);
        assertThat(far.revisions()).containsExactly(entry(1, "v1.9"), entry(2, site.version()));
        assertThat(far.running()).containsExactly(site.version(), site.version());
        assertThat(end.step("first-node").orElseThrow().attempts()).isEqualTo(1);
    }

    private void assertTheCountersNeverWentBack(ReleaseRecord end) {
        assertThat(stood).isNotEmpty();
        for (int i = 1; i < stood.size(); i++) {
            WindowProgress before = stood.get(i - 1);
            WindowProgress after = stood.get(i);
            assertThat(List.of(after.looks(), after.backfilled(), after.missed()))
                    .as("%s after %s", after, before)
                    .satisfies(counts -> {
                        assertThat(counts.get(0)).isGreaterThanOrEqualTo(before.looks());
                        assertThat(counts.get(1)).isGreaterThanOrEqualTo(before.backfilled());
                        assertThat(counts.get(2)).isGreaterThanOrEqualTo(before.missed());
                    });
            // It may be frozen before the first look of all is over.
            if (before.lastLookAt() != null) {
                assertThat(after.lastLookAt()).isAfterOrEqualTo(before.lastLookAt());
            }
        }
        WindowRecord window = end.soak().get(end.soak().size() - 1);
        WindowProgress last = stood.get(stood.size() - 1);
        assertThat(window.verdict()).as(String.valueOf(window)).isEqualTo(Verdict.PASSED);
        assertThat(window.result().looks()).isGreaterThanOrEqualTo(last.looks());
        assertThat(window.result().missed() + window.result().backfilled())
                .as("what nobody saw while it stood still")
                .isGreaterThan(0);
    }
}
