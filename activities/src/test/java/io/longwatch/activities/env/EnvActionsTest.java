package io.longwatch.activities.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.env.CheckInput;
import io.longwatch.actions.env.CheckResult;
import io.longwatch.activities.kubernetes.MockCluster;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnvActionsTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bridge, namespace: production}
            spec:
              selector: {matchLabels: {app: bridge}}
              template:
                metadata: {labels: {app: bridge}}
                spec:
                  containers:
                  - name: bridge
                    envFrom: [{prefix: APP_, configMapRef: {name: settings}}]
                    env:
                    - {name: POOL, value: "30"}
                    - {name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: level}}}
                    - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: bridge-secrets, key: db}}}
                    - {name: API_TOKEN, value: literal-token}
            """;
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: production}
            data: {level: info, TTL: "300"}
            """;

    private final MockCluster cluster = new MockCluster();
    private final EnvActions actions = new EnvActions(cluster.context(), cluster.clients);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aManifestIsReadWithItsConfigMaps() {
        // Given
        var expect = Map.of("POOL", "30", "LEVEL", "info", "APP_TTL", "300");

        // When
        CheckResult result = check(null, DEPLOYMENT + "---\n" + SETTINGS, expect);

        // Then
        assertThat(result.ok()).isTrue();
        assertThat(result.matching()).isEqualTo(3);
    }

    @Test
    void theLiveDeploymentIsReadWithItsConfigMaps() {
        // Given
        cluster.holds(DEPLOYMENT);
        cluster.holds(SETTINGS);

        // When
        CheckResult result =
                check("bridge", null, Map.of("POOL", "40", "APP_TTL", "300", "NONE", "1"), List.of("POOL"));

        // Then
        assertThat(result.wrong()).containsExactly("POOL is 30, expected 40");
        assertThat(result.missing()).containsExactly("NONE");
        assertThat(result.matching()).isEqualTo(1);
        assertThat(result.ok()).isFalse();
    }

    @Test
    void whatIsSecretIsNotShown() {
        // Given
        var expect = Map.of("DB_PASSWORD", "expected-secret", "API_TOKEN", "expected-secret");

        // When
        CheckResult result = check(null, DEPLOYMENT, expect);

        // Then
        assertThat(result.wrong())
                .containsExactly(
                        "API_TOKEN has another value than expected, of 13 characters instead of 15",
                        "DB_PASSWORD comes from Secret bridge-secrets, key db, which is not read");
        assertThat(result.toString()).doesNotContain("literal-token").doesNotContain("expected-secret");
    }

    @Test
    void whatALaterSecretMayOverrideIsNotAsExpected() {
        // Given
        String manifest = DEPLOYMENT.replace(
                "configMapRef: {name: settings}}]",
                "configMapRef: {name: settings}}, {prefix: APP_T, secretRef: {name: bridge-secrets}}]");
        var expect = Map.of("APP_TTL", "300", "APP_level", "info", "POOL", "30");

        // When
        CheckResult result = check(null, manifest + "---\n" + SETTINGS, expect);

        // Then
        assertThat(result.ok()).isFalse();
        assertThat(result.matching()).isEqualTo(2);
        assertThat(result.wrong())
                .containsExactly("APP_TTL comes from Secret bridge-secrets if that has such a key, which is not read");
    }

    @Test
    void whatComesAfterASecretIsKnown() {
        // Given
        String manifest = DEPLOYMENT.replace(
                "[{prefix: APP_, configMapRef", "[{secretRef: {name: bridge-secrets}}, {prefix: APP_, configMapRef");

        // When
        CheckResult result = check(null, manifest + "---\n" + SETTINGS, Map.of("APP_TTL", "300", "POOL", "30"));

        // Then
        assertThat(result.ok()).isTrue();
    }

    @Test
    void aFoundValueIsShownOnlyIfThePlanSaysSoAndWithoutWhatIsSecretInIt() {
        // Given
        String manifest = DEPLOYMENT.replace(
                "- {name: POOL, value: \"30\"}",
                "- {name: POOL, value: \"30\"}\n        - {name: MONGO_URI, value: 'mongodb://app:p4ss@db/events'}"
                        + "\n        - {name: DB_PASS, value: hunter2}\n        - {name: QUEUE, value: 'amqp://q:s3cr3t@mq'}");
        var expect = Map.of("MONGO_URI", "mongodb://db/events", "DB_PASS", "other", "QUEUE", "amqp://mq", "POOL", "4");

        // When
        CheckResult result = check(null, manifest, expect, List.of("QUEUE", "DB_PASS"));

        // Then
        assertThat(result.wrong())
                .containsExactly(
                        "DB_PASS is ***, expected ***",
                        "MONGO_URI has another value than expected, of 28 characters instead of 19",
                        "POOL has another value than expected, of 2 characters instead of 1",
                        "QUEUE is amqp://q:***@mq, expected amqp://mq");
    }

    @Test
    void brokenYamlIsFinalAndNamesTheLine() {
        // When / Then
        fails(Failures.INVALID, "line 2", () -> check(null, "a: b\n c: [", Map.of("A", "1")));
    }

    @Test
    void aDeploymentThatDoesNotExistIsFinal() {
        // When / Then
        fails(Failures.NOT_FOUND, "'bridge'", () -> check("bridge", null, Map.of("A", "1")));
    }

    private static void fails(String type, String words, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.getOriginalMessage()).contains(words);
        });
    }

    private CheckResult check(String deployment, String manifest, Map<String, String> expect) {
        return check(deployment, manifest, expect, null);
    }

    private CheckResult check(String deployment, String manifest, Map<String, String> expect, List<String> shown) {
        return actions.check(MockCluster.STEP, new CheckInput(null, null, deployment, manifest, null, expect, shown));
    }
}
