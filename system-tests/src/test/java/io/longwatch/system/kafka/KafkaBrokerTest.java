package io.longwatch.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.actions.kafka.DescribeInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kafka.KafkaConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.kafka.KafkaBroker;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a release sees of a broker that goes away and comes back; the contract itself runs on the same broker elsewhere. */
@Timeout(300)
class KafkaBrokerTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "topic");

    @Test
    void aTopicOutlivesItsBrokerAndIsFoundByTheNextAttempt() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            // Given
            var connection = new KafkaConnection(broker.bootstrapServers(), null, null, Duration.ofSeconds(3));
            var connections = new Connections("production", Map.of("events", connection), Map.of());
            var actions = new KafkaActions(ActionContext.of(connections, Clock.systemUTC()));
            var input = new CreateTopicInput(null, "biometric-events", 3, null, null);
            var before = actions.createTopicBefore(STEP, input);
            CreateTopicResult created = retried(() -> actions.createTopic(STEP, input, before));

            // When
            broker.stop();
            var down = catchThrowableOfType(ApplicationFailure.class, () -> actions.createTopic(STEP, input, before));
            broker.restart();
            CreateTopicResult found = retried(() -> actions.createTopic(STEP, input, before));
            var described = retried(() -> actions.describe(STEP, new DescribeInput(null, "biometric-events")));

            // Then
            assertThat(down.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(down.isNonRetryable()).isFalse();
            assertThat(found.partitions()).isEqualTo(created.partitions());
            assertThat(described.partitions()).isEqualTo(3);
        }
    }

    /** As the server does with what may be tried again. */
    private static <R> R retried(Supplier<R> attempt) {
        AtomicReference<R> result = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(e -> e instanceof ApplicationFailure failure && !failure.isNonRetryable())
                .until(() -> {
                    result.set(attempt.get());
                    return true;
                });
        return result.get();
    }
}
