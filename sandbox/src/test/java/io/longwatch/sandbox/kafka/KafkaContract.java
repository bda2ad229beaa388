package io.longwatch.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.CreateTopicBefore;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.actions.kafka.DescribeInput;
import io.longwatch.actions.kafka.LagInput;
import io.longwatch.actions.kafka.Match;
import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kafka.KafkaConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.longwatch.sandbox.kubernetes.Attempts;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the actions ask of any Kafka cluster: run on the sandbox's broker, and wherever else one is to be had. */
public abstract class KafkaContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "topic");
    private final Attempts attempts = new Attempts(pause -> {});
    private KafkaActions actions;
    private String topic;

    protected abstract KafkaConnection connection();

    @BeforeEach
    final void open() {
        var connections = new Connections("production", Map.of("events", connection()), Map.of());
        actions = new KafkaActions(new ActionContext(connections, Clock.systemUTC(), () -> attempts));
        topic = "contract-" + Long.toString(System.nanoTime(), 36);
    }

    @Test
    void aTopicIsCreatedDescribedAndTakenBackWhileEmpty() {
        // Given
        var input = new CreateTopicInput(null, topic, 3, null, null);
        var before = actions.createTopicBefore(STEP, input);

        // When
        var created = create(input, before);
        var described = actions.describe(STEP, new DescribeInput(null, topic));
        var undone = retried(() -> actions.undoCreateTopic(STEP, input, before, created));

        // Then
        assertThat(created.partitions()).isEqualTo(3);
        assertThat(described.partitions()).isEqualTo(3);
        assertThat(described.underReplicated()).isZero();
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
    }

    @Test
    void messagesAfterTheRecordedOffsetsAreFoundAndKeepTheTopic() {
        // Given
        var input = new CreateTopicInput(null, topic, 3, null, null);
        var before = actions.createTopicBefore(STEP, input);
        var created = create(input, before);
        send("{\"user_id\":\"early\"}");
        var from = actions.offsets(STEP, new OffsetsInput(null, List.of(topic))).offsets();
        send("{\"user_id\":\"late\"}");

        // When
        var found = actions.consume(
                STEP, new ConsumeInput(null, topic, from, new Match("user_id", List.of("late"), null), null));
        var undone = actions.undoCreateTopic(STEP, input, before, created);

        // Then
        assertThat(found.scanned()).isEqualTo(1);
        assertThat(found.values()).containsExactly("late");
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void theLagOfAGroupCountsWhatItHasNotCommittedAndNamesPartitionsWithoutACommit() {
        // Given
        var input = new CreateTopicInput(null, topic, 3, null, null);
        create(input, actions.createTopicBefore(STEP, input));
        sendTo(0, "a", "b", "c");
        sendTo(1, "d");
        commit(topic + "-writer", 0, 1);

        // When
        var lag = actions.lag(STEP, new LagInput(null, topic + "-writer", List.of(topic)));

        // Then
        assertThat(lag.total()).isEqualTo(2);
        assertThat(lag.uncommittedPartitions()).isEqualTo(2);
        assertThat(lag.members()).isZero();
    }

    @Test
    void aGroupThatHasCommittedNothingIsNotFound() {
        // Given
        var input = new CreateTopicInput(null, topic, 1, null, null);
        create(input, actions.createTopicBefore(STEP, input));

        // When / Then
        assertThatThrownBy(() -> actions.lag(STEP, new LagInput(null, "nobody-of-" + topic, List.of(topic))))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND));
    }

    private void sendTo(int partition, String... values) {
        Map<String, Object> client = Map.of("bootstrap.servers", connection().bootstrapServers());
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            List.of(values).forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
    }

    private void commit(String group, int partition, long offset) {
        Map<String, Object> client = Map.of("bootstrap.servers", connection().bootstrapServers(), "group.id", group);
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.commitSync(Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        }
    }

    private CreateTopicResult create(CreateTopicInput input, CreateTopicBefore before) {
        return retried(() -> actions.createTopic(STEP, input, before));
    }

    private void send(String value) {
        Map<String, Object> client = Map.of("bootstrap.servers", connection().bootstrapServers());
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    /** As the server does with what is pending. */
    private static <R> R retried(Supplier<R> attempt) {
        AtomicReference<R> result = new AtomicReference<>();
        await().pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsMatching(e -> e instanceof ApplicationFailure failure
                        && failure.getType().equals(Failures.PENDING))
                .until(() -> {
                    result.set(attempt.get());
                    return true;
                });
        return result.get();
    }
}
