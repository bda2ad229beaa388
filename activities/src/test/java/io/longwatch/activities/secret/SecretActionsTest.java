package io.longwatch.activities.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.longwatch.actions.secret.CheckInput;
import io.longwatch.actions.secret.CheckResult;
import io.longwatch.activities.kubernetes.MockCluster;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretActionsTest {
    private static final String VALUE = "q8Zp-44-long-and-real";

    private final MockCluster cluster = new MockCluster();
    private final SecretActions actions = new SecretActions(cluster.context(), cluster.clients);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void presentKeysAreToldWithTheirLengthAndNothingElse() {
        // Given
        holds(Map.of("TOKEN", VALUE));

        // When
        CheckResult result = check(input(List.of("TOKEN", "OTHER"), null, null, null, null));

        // Then
        assertThat(result.present()).containsEntry("TOKEN", true).containsEntry("OTHER", false);
        assertThat(result.lengths()).containsEntry("TOKEN", VALUE.length());
        assertThat(result.missing()).containsExactly("OTHER");
        assertThat(result.ok()).isFalse();
        assertThat(result.toString()).doesNotContain(VALUE).doesNotContain(VALUE.substring(0, 6));
    }

    @Test
    void allInOrderIsOk() {
        // Given
        holds(Map.of("TOKEN", VALUE));

        // When
        CheckResult result = check(input(List.of("TOKEN"), 16, "[A-Za-z0-9-]+", null, null));

        // Then
        assertThat(result.ok()).isTrue();
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void placeholdersTwinsShortAndRaggedValuesAreProblemsInWords() {
        // Given
        holds(Map.of("A", "changeme", "B", "<your-token>", "C", "short", "D", VALUE + "\n", "E", VALUE, "F", VALUE));

        // When
        CheckResult result = check(input(List.of("A", "B", "C", "D", "E"), 6, "[^<]+", "F", null));

        // Then
        assertThat(result.problems())
                .contains("A is a placeholder", "B is a placeholder", "B is not of the form asked for")
                .contains("C has 5 characters, at least 6 are asked for")
                .contains("D has white space or a line break at an end", "E equals F");
        assertThat(result.toString()).doesNotContain("changeme").doesNotContain(VALUE);
    }

    @Test
    void anOldSecretIsAProblem() {
        // Given
        holds(Map.of("TOKEN", VALUE));
        cluster.now = cluster.now.plus(Duration.ofDays(36_500));

        // When
        CheckResult result = check(input(List.of("TOKEN"), null, null, null, Duration.ofDays(90)));

        // Then
        assertThat(result.problems()).singleElement().asString().contains("more than 90 days");
    }

    @Test
    void aSecretThatDoesNotExistIsFinal() {
        // When / Then
        assertThatThrownBy(() -> check(input(List.of("TOKEN"), null, null, null, null)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
                    assertThat(failure.getOriginalMessage()).contains("'bridge-secrets'");
                });
    }

    private CheckResult check(CheckInput input) {
        return actions.check(MockCluster.STEP, input);
    }

    private void holds(Map<String, String> values) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("bridge-secrets")
                .withNamespace("production")
                .endMetadata();
        values.forEach((key, value) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        cluster.holds(secret.build());
    }

    private static CheckInput input(
            List<String> keys, Integer minLength, String pattern, String distinctFrom, Duration maxAge) {
        return new CheckInput(null, null, "bridge-secrets", keys, minLength, pattern, maxAge, distinctFrom, null);
    }
}
