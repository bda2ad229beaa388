package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.http.MockResponse;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.activities.text.Masking;
import io.longwatch.contract.Failures;
import java.time.Duration;
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
    }

    @Test
    void aFormerLogThatTheNodeThrewAwayCountsAsNone() {
        // Given
        cluster.holds(pod("bridge-b", 1, 1));
        logs("bridge-b", "", "INFO fine\n");
        cluster.matching.put(
                PODS + "bridge-b/log.*previous=true.*",
                new MockResponse().setResponseCode(400).setBody("{}"));

        // When
        var result = actions.logs(STEP, input(null));

        // Then
        assertThat(result.lines()).isEqualTo(1);
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

    private void logs(String pod, String parameter, String text) {
        cluster.matching.put(
                PODS + pod + "/log" + (parameter.isEmpty() ? "(?!.*previous=true).*" : ".*" + parameter + ".*"),
                new MockResponse().setResponseCode(200).setBody(text));
    }
}
