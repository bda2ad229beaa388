package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.activities.text.Masking;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
    private static final String PODS = "GET /api/v1/namespaces/production/pods/";

    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void linesAreCountedOverPodsAndFormerContainers() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        cluster.holds(pod("bridge-b", 1, 1));
        logs("bridge-a", "", "INFO fine\nCRITICAL one\n");
        logs("bridge-b", "", "INFO fine\n");
        logs("bridge-b", "previous=true", "CRITICAL two token=abcdef\nCRITICAL three\n");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.matches()).isEqualTo(3);
        assertThat(result.lines()).isEqualTo(5);
        assertThat(result.pods()).isEqualTo(2);
        assertThat(cluster.reads).anyMatch(read -> read.contains("sinceTime=2026-11-21T13%3A00%3A00Z"));
        assertThat(result.sample()).contains("CRITICAL two token=***").doesNotContain("INFO fine");
        assertThat(result.incomplete()).isFalse();
        assertThat(result.summary()).isEqualTo("3 of 5 lines match in 2 pods since 2026-11-21T13:00:00Z");
    }

    @Test
    void initContainersAndSidecarsAreReadToo() {
        // Given
        cluster.holds(new PodBuilder(pod("bridge-a", 1, 0))
                .editStatus()
                .addToInitContainerStatuses(container("migrate", ended("12:59:00", "13:05:00")))
                .endStatus()
                .build());
        logs("bridge-a", "container=bridge", "INFO fine\n");
        logs("bridge-a", "container=migrate", "CRITICAL no table\n");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.matches()).isEqualTo(1);
        assertThat(result.lines()).isEqualTo(2);
        assertThat(result.pods()).isEqualTo(1);
    }

    @Test
    void anInitContainerWhoseLogIsGoneIsNotWaitedFor() {
        // Given
        cluster.holds(new PodBuilder(pod("bridge-a", 1, 0))
                .editStatus()
                .addToInitContainerStatuses(
                        container("long-ago", ended("12:00:00", "12:05:00")),
                        container("just-now", ended("13:00:00", "13:05:00")))
                .endStatus()
                .build());
        logs("bridge-a", "container=bridge", "INFO fine\n");
        logs("bridge-a", "container=just-now", "INFO fine\n");
        refuses("bridge-a", "container=long-ago");

        // When
        var whole = actions.logs(STEP, input(null));
        refuses("bridge-a", "container=just-now");
        var part = actions.logs(STEP, input(null));

        // Then
        assertThat(whole.incomplete()).isFalse();
        assertThat(part.incomplete()).isTrue();
    }

    @Test
    void aContainerThatNoPodHasIsNoZero() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));

        // When
        var failure = fails(Failures.NOT_FOUND, false, () -> actions.logs(STEP, input("brigde")));

        // Then
        assertThat(failure.getOriginalMessage())
                .isEqualTo("no pod of 'app=bridge' has a container 'brigde'; they have bridge");
    }

    @Test
    void onlyPodsOfWhichALogWasReadAreCounted() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        cluster.holds(runs("bridge-b", container("bridge", waiting())));
        logs("bridge-a", "", "INFO fine\n");

        // When
        var result = actions.logs(STEP, input("bridge"));

        // Then
        assertThat(result.pods()).isEqualTo(1);
        assertThat(cluster.reads).noneMatch(read -> read.contains("bridge-b/log"));
    }

    @Test
    void podsOfWhichNoContainerHasStartedAreNoZero() {
        // Given
        cluster.holds(runs("bridge-a", container("bridge", waiting())));

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.logs(STEP, input(null)));

        // Then
        assertThat(failure).hasMessageContaining("none of the 1 pods of 'app=bridge' has a log to read");
    }

    @Test
    void aLogThatBeginsLaterThanItShouldIsIncomplete() {
        // Given
        cluster.holds(runs("bridge-a", container("bridge", running("10:00:00"))));
        logs("bridge-a", "", "INFO fine\n");
        begins("bridge-a", "", "2026-11-21T13:40:00.123456789Z INFO fine");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.incomplete()).isTrue();
        assertThat(result.summary()).endsWith("nodes no longer have the whole logs of bridge-a");
        assertThat(cluster.reads)
                .anyMatch(read -> read.endsWith("/log?container=bridge&previous=false&timestamps=true&limitBytes=200"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T13:00:00.900000000Z from then on",
                "2026-11-21T15:00:00.900000000+02:00 from then on, in the time of the node",
                "2026-11-20T00:00:00.000000000Z from long before",
                "2026-11-21T13:30:12.000000000Z soon after its start",
            })
    void aLogThatBeginsBeforeOrWithItsContainerIsComplete(String first) {
        // Given
        cluster.holds(runs("bridge-a", container("bridge", running("13:30:00"))));
        logs("bridge-a", "", "INFO fine\n");
        begins("bridge-a", "", first);

        // When / Then
        assertThat(actions.logs(STEP, input(null)).incomplete()).isFalse();
    }

    @Test
    void whatTheNodeSaysInsteadOfALogIsNoneOfIt() {
        // Given
        cluster.holds(runs("bridge-a", container("bridge", running("13:30:00"))));
        logs("bridge-a", "", "unable to retrieve container logs for containerd://5c1f\n");
        begins("bridge-a", "", "unable to retrieve container logs for containerd://5c1f");

        // When / Then
        assertThat(actions.logs(STEP, input(null)).incomplete()).isTrue();
    }

    @Test
    void ofSeveralRestartsOnlyTheLastTwoRunsAreThere() {
        // Given
        cluster.holds(runs("bridge-a", restarted(2, running("13:40:00"), ended("13:20:00", "13:39:50"))));
        logs("bridge-a", "", "INFO fine\n");
        logs("bridge-a", "previous=true", "INFO fine\n");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.lines()).isEqualTo(2);
        assertThat(result.incomplete()).isTrue();
    }

    @Test
    void restartsBeforeTheInstantDoNotMatter() {
        // Given
        cluster.holds(runs("bridge-a", restarted(7, running("12:40:00"), ended("12:20:00", "12:39:50"))));
        cluster.holds(runs("bridge-b", restarted(7, running("13:20:00"), ended("12:50:00", "13:19:50"))));
        logs("bridge-a", "", "INFO fine\n");
        logs("bridge-b", "", "INFO fine\n");
        logs("bridge-b", "previous=true", "INFO fine\n");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.lines()).isEqualTo(3);
        assertThat(result.incomplete()).isFalse();
        assertThat(cluster.reads).noneMatch(read -> read.contains("bridge-a/log") && read.contains("previous=true"));
    }

    @Test
    void aFormerLogThatTheNodeThrewAwayIsMissing() {
        // Given
        cluster.holds(pod("bridge-b", 1, 1));
        logs("bridge-b", "", "INFO fine\n");
        refuses("bridge-b", "previous=true");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.lines()).isEqualTo(1);
        assertThat(result.incomplete()).isTrue();
    }

    @Test
    void anAttemptThatWasLostMeanwhileReadsNoFurther() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        cluster.holds(pod("bridge-b", 1, 0));
        logs("bridge-a", "", "INFO fine\n".repeat(25_000));
        logs("bridge-b", "", "INFO fine\n");
        cluster.invocation.lost = true;

        // When / Then
        assertThatThrownBy(() -> actions.logs(STEP, input(null))).hasMessageContaining("lost its lease");
        assertThat(cluster.reads).noneMatch(read -> read.contains("bridge-b/log"));
    }

    @Test
    void aPodThatWentSinceTheListIsLeftOut() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        cluster.holds(pod("bridge-b", 1, 0));
        answers("bridge-a", 404);
        logs("bridge-b", "", "CRITICAL one\n");

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.matches()).isEqualTo(1);
        assertThat(result.pods()).isEqualTo(1);
    }

    @Test
    void podsThatAllWentSinceTheListAreNoZero() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        answers("bridge-a", 404);

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.logs(STEP, input(null)));

        // Then
        assertThat(failure).hasMessageContaining("every pod of 'app=bridge' went");
    }

    @Test
    void aContainerThatIsMadeOnceMoreIsReadWhenItHasStarted() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        answers("bridge-a", 400);

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.logs(STEP, input(null)));

        // Then
        assertThat(failure).hasMessageContaining("container bridge of pod bridge-a has not started again yet");
    }

    @Test
    void aLogThatCannotBeReadIsNoZero() {
        // Given
        cluster.holds(pod("bridge-a", 1, 0));
        answers("bridge-a", 500);

        // When / Then
        fails(Failures.UNAVAILABLE, true, () -> actions.logs(STEP, input(null)));
    }

    @Test
    void withoutPodsThereIsNoZeroEither() {
        // When / Then
        fails(Failures.NOT_FOUND, false, () -> actions.logs(STEP, input(null)));
    }

    @Test
    void aBrokenPatternIsFoundWhenTheInputIsMade() {
        // When / Then
        assertThatThrownBy(() -> new LogsInput(null, null, "app=bridge", null, "(", null, null, null))
                .hasMessageContaining("pattern '('");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer s3cr3tvalue",
                "password=s3cr3tvalue",
                "{\"client_secret\": \"s3cr3tvalue\"}",
                "postgres://bridge:s3cr3tvalue@db/bridge",
                "got eyJhbGciOiJIUzI1NiJ9.s3cr3tvalue.x",
                "key s3cr3tvalueAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "X-Api-Key: s3cr3tvalue"
            })
    void whatLooksLikeASecretIsHidden(String line) {
        // When / Then
        assertThat(Masking.mask(line)).doesNotContain("s3cr3tvalue");
    }

    private static LogsInput input(String container) {
        return new LogsInput(null, null, "app=bridge", container, "CRITICAL", Duration.ofHours(1), null, null);
    }

    private void answers(String pod, int code) {
        cluster.matching.put(
                PODS + pod + "/log.*", new MockResponse().setResponseCode(code).setBody("{}"));
    }

    /** Of the log that a parameter names, or of the present one: its lines, and that it reaches far back. */
    private void logs(String pod, String parameter, String text) {
        cluster.matching.put(log(pod, parameter) + "(?!.*timestamps=true).*", ok(text));
        begins(pod, parameter, "2026-11-20T00:00:00.000000000Z INFO begun");
    }

    private void begins(String pod, String parameter, String line) {
        cluster.matching.put(log(pod, parameter) + "(?=.*timestamps=true).*", ok(line + "\n"));
    }

    private void refuses(String pod, String parameter) {
        for (String timestamps : List.of("(?!.*timestamps=true).*", "(?=.*timestamps=true).*")) {
            cluster.matching.put(
                    log(pod, parameter) + timestamps,
                    new MockResponse().setResponseCode(400).setBody("{}"));
        }
    }

    private static String log(String pod, String parameter) {
        return PODS + pod + "/log" + (parameter.isEmpty() ? "(?!.*previous=true)" : "(?=.*" + parameter + ")");
    }

    private static MockResponse ok(String text) {
        return new MockResponse().setResponseCode(200).setBody(text);
    }

    private static Pod runs(String name, ContainerStatus container) {
        return new PodBuilder(pod(name, 1, 0))
                .editStatus()
                .withContainerStatuses(container)
                .endStatus()
                .build();
    }

    private static ContainerStatus container(String name, ContainerState state) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withRestartCount(0)
                .withState(state)
                .build();
    }

    private static ContainerStatus restarted(int times, ContainerState state, ContainerState former) {
        return new ContainerStatusBuilder(container("bridge", state))
                .withRestartCount(times)
                .withLastState(former)
                .build();
    }

    private static ContainerState waiting() {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason("ContainerCreating")
                .endWaiting()
                .build();
    }

    private static ContainerState running(String since) {
        return new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt("2026-11-21T" + since + "Z")
                .endRunning()
                .build();
    }

    private static ContainerState ended(String from, String to) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withStartedAt("2026-11-21T" + from + "Z")
                .withFinishedAt("2026-11-21T" + to + "Z")
                .endTerminated()
                .build();
    }
}
