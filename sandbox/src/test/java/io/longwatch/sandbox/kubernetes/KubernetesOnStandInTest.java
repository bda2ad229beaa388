package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ProbeFails;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on the stand-in, and what only it can be asked: faults, logs, and counting the writes that arrived. */
class KubernetesOnStandInTest extends KubernetesContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "first-node");

    private final SteppedClock clock = new SteppedClock();
    private final KubernetesStandIn cluster = KubernetesStandIn.start(clock);

    KubernetesOnStandInTest() {
        cluster.behave(NEVER_READY, PodBehaviour.neverReady(new ProbeFails(503)));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void anAnswerThatIsLostAfterTheEffectLeadsToOneDeployment() {
        // Given
        ApplyInput input = manifest(V1, 1);
        ApplyBefore before = actions().applyBefore(STEP, input);
        cluster.faults().answerAfterEffect(r -> r.verb().equals("patch"), 503, 1);

        // When
        assertThatThrownBy(() -> actions().apply(STEP, input, before)).satisfies(failure(Failures.UNAVAILABLE));
        actions().apply(STEP, input, before);

        // Then
        assertThat(client().apps().deployments().list().getItems())
                .singleElement()
                .satisfies(d -> assertThat(d.getMetadata().getGeneration()).isEqualTo(1));
    }

    @Test
    void whatTheAccountMayNotDoIsDenied() {
        // Given
        cluster.permissions().deny("patch", "deployments");

        // When / Then
        assertThatThrownBy(() -> apply(STEP, V1, 1)).satisfies(failure(Failures.DENIED));
    }

    @Test
    void linesThatMatchAreCounted() {
        // Given
        cluster.behave(
                V1,
                PodBehaviour.readyAfter(Duration.ZERO)
                        .writing((container, from, to) -> List.of(
                                new LogSource.Line(from, "all is well"), new LogSource.Line(from, "CRITICAL: no"))));
        apply(STEP, V1, 2);
        pass(Duration.ofMinutes(1));

        // When
        var logs = actions().logs(STEP, new LogsInput(null, null, "app=bridge", null, "CRITICAL", null, null, null));

        // Then
        assertThat(logs.pods()).isEqualTo(2);
        assertThat(logs.matches()).isEqualTo(2);
        assertThat(logs.lines()).isEqualTo(4);
        assertThat(logs.incomplete()).isFalse();
    }

    @Test
    void aLogWhoseFormerFilesAreGoneIsIncomplete() {
        // Given
        Instant full = clock.instant().plus(Duration.ofMinutes(30));
        cluster.behave(
                V1,
                PodBehaviour.readyAfter(Duration.ZERO)
                        .writing((container, from, to) -> Stream.of(new LogSource.Line(full, "all is well"))
                                .filter(line ->
                                        !line.at().isBefore(from) && line.at().isBefore(to))
                                .toList()));
        apply(STEP, V1, 1);
        pass(Duration.ofHours(1));

        // When
        var late = actions().logs(STEP, lines(Duration.ofMinutes(20)));
        var all = actions().logs(STEP, lines(Duration.ofHours(2)));

        // Then
        assertThat(late.incomplete()).isFalse();
        assertThat(all.incomplete()).isTrue();
        assertThat(all.lines()).isEqualTo(1);
        assertThat(all.summary()).contains("lines may be missing");
    }

    @Test
    void aContainerThatNoPodHasIsNotFound() {
        // Given
        apply(STEP, V1, 1);
        pass(Duration.ofMinutes(1));

        // When / Then
        assertThatThrownBy(() -> actions()
                        .logs(STEP, new LogsInput(null, null, "app=bridge", "ap", "CRITICAL", null, null, null)))
                .satisfies(failure(Failures.NOT_FOUND))
                .hasMessageContaining("they have app");
    }

    private static LogsInput lines(Duration since) {
        return new LogsInput(null, null, "app=bridge", null, "CRITICAL", since, null, null);
    }

    @Override
    protected KubernetesConnection connection() {
        return new KubernetesConnection(null, null, cluster.uri(), null, null, false, "default");
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
        cluster.tick();
    }
}
