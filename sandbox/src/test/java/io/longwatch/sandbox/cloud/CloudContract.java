package io.longwatch.sandbox.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import io.longwatch.actions.cloud.ResourceType;
import io.longwatch.activities.cloud.CloudActions;
import io.longwatch.activities.cloud.CloudConnection;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the cloud actions need of AWS, with one resource of each type in service, under names of the subclass's own. */
abstract class CloudContract {
    static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "cloud");

    /** How the provider is reached. */
    abstract CloudConnection connection();

    /** Name of a resource that is in service. */
    abstract String existing(ResourceType type);

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void aResourceInServiceIsDescribed(ResourceType type) {
        // When
        DescribeResult result = describe(type, existing(type));

        // Then
        assertThat(result.type()).isEqualTo(type.written());
        assertThat(result.id()).isEqualTo(existing(type));
        assertThat(result.status()).isIn("available", "ACTIVE");
        assertThat(result.instanceClass()).isNotBlank();
        assertThat(result.nodes()).isPositive();
        assertThat(result.summary()).startsWith(result.status() + ": " + result.instanceClass());
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void anUnknownResourceIsFinalAndNamed(ResourceType type) {
        // When / Then
        assertFails(() -> describe(type, "no-such-resource"), Failures.NOT_FOUND, true, "no-such-resource");
    }

    @Test
    void aPrefixOfABrokersNameIsNotItsName() {
        // Given
        String name = existing(ResourceType.MSK_CLUSTER);

        // When / Then
        assertFails(
                () -> describe(ResourceType.MSK_CLUSTER, name.substring(0, name.length() - 1)),
                Failures.NOT_FOUND,
                true);
    }

    DescribeResult describe(ResourceType type, String id) {
        return describe(connection(), type, id);
    }

    static DescribeResult describe(CloudConnection connection, ResourceType type, String id) {
        var connections = new Connections("production", Map.of("aws", connection), Map.of());
        var actions = new CloudActions(ActionContext.of(connections, Clock.systemUTC()));
        return actions.describe(STEP, new DescribeInput("aws", type, id));
    }

    static void assertFails(Runnable call, String type, boolean last, String... words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.isNonRetryable()).isEqualTo(last);
            for (String word : words) {
                assertThat(failure.getOriginalMessage()).contains(word);
            }
        });
    }
}
