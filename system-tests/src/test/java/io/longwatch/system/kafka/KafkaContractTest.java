package io.longwatch.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.LagInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kafka.KafkaConnection;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.kafka.KafkaBroker;
import io.longwatch.sandbox.kafka.KafkaContract;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract, and a group that lags, on a broker of Kafka's own code. */
@Timeout(300)
class KafkaContractTest extends KafkaContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "lag");

    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Override
    protected KafkaConnection connection() {
        return new KafkaConnection(broker.bootstrapServers(), null, null, Duration.ofSeconds(10));
    }

    @Test
    void aGroupsLagIsWhatItHasNotCommitted() throws Exception {
        // Given
        var connections = new Connections("production", Map.of("events", connection()), Map.of());
        var actions = new KafkaActions(ActionContext.of(connections, Clock.systemUTC()));
        var topic = new CreateTopicInput(null, "lagging", 1, null, null);
        var before = actions.createTopicBefore(STEP, topic);
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptionsInstanceOf(ApplicationFailure.class)
                .until(() -> actions.createTopic(STEP, topic, before).partitions() == 1);
        Map<String, Object> client =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "bridge-writer");
        TopicPartition partition = new TopicPartition("lagging", 0);
        try (var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer());
                var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            for (String value : List.of("one", "two", "three")) {
                producer.send(new ProducerRecord<>("lagging", value)).get();
            }
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
        }

        // When
        var lag = actions.lag(STEP, new LagInput(null, "bridge-writer", List.of("lagging")));

        // Then
        assertThat(lag.total()).isEqualTo(2);
    }
}
