package io.longwatch.activities.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.ConsumeResult;
import io.longwatch.actions.kafka.CreateTopicBefore;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.actions.kafka.DescribeInput;
import io.longwatch.actions.kafka.LagInput;
import io.longwatch.actions.kafka.Match;
import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "topic");

    private static KafkaTestBroker broker;
    private static Admin admin;
    private static KafkaProducer<String, String> producer;
    private static int topics;

    private final KafkaActions actions = actions(broker.connection(), Invocation.detached());
    private String topic;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaTestBroker.start();
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stopBroker() throws IOException {
        producer.close();
        admin.close();
        broker.close();
    }

    @BeforeEach
    void nameTopic() {
        topic = "events-" + ++topics;
    }

    @Test
    void theClusterIsDescribedAloneOrWithATopic() {
        // Given
        create(3);

        // When
        var cluster = actions.describe(STEP, new DescribeInput("events", null));
        var both = actions.describe(STEP, new DescribeInput(null, topic));

        // Then
        assertThat(cluster.brokers()).isEqualTo(1);
        assertThat(cluster.clusterId()).isNotBlank();
        assertThat(cluster.partitions()).isNull();
        assertThat(cluster.underReplicated()).isNull();
        assertThat(both.partitions()).isEqualTo(3);
        assertThat(both.replicationFactor()).isEqualTo(1);
        assertThat(both.underReplicated()).isZero();
        assertThat(both.summary()).isEqualTo("1 broker; " + topic + ": 3 partitions x 1");
    }

    @Test
    void anUnknownTopicIsNotFound() {
        // When
        var failure = failure(() -> actions.describe(STEP, new DescribeInput(null, "nowhere")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(failure.getOriginalMessage()).contains("'nowhere'");
    }

    @Test
    void aTopicIsCreatedOnceThoughTheStepIsRepeated() {
        // Given
        var input = new CreateTopicInput(null, topic, 3, null, Map.of("retention.ms", "60000"));
        var before = actions.createTopicBefore(STEP, input);

        // When
        var attempts = actions(broker.connection(), new Remembering(null));
        var first = retried(() -> attempts.createTopic(STEP, input, before));
        var repeated = attempts.createTopic(STEP, input, before);

        // Then
        assertThat(before.existed()).isFalse();
        assertThat(first.alreadyExisted()).isFalse();
        assertThat(first.partitions()).isEqualTo(3);
        assertThat(first.summary()).isEqualTo("created " + topic + " with 3 partitions x 1");
        assertThat(repeated).isEqualTo(first);
    }

    @Test
    void aTopicOfAsManyPartitionsIsLeftAsItIs() {
        // Given
        create(3);
        var before = actions.createTopicBefore(STEP, input(3));

        // When
        var result = createTopic(input(3), before);

        // Then
        assertThat(before).isEqualTo(new CreateTopicBefore(true, 3, topic + " exists with 3 partitions"));
        assertThat(result.alreadyExisted()).isTrue();
        assertThat(result.summary()).startsWith(topic + " exists already");
    }

    @Test
    void aTopicOfOtherPartitionsIsRefusedWithBothNumbers() {
        // Given
        create(2);

        // When
        var failure = failure(() -> actions.createTopic(STEP, input(6), actions.createTopicBefore(STEP, input(6))));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
        assertThat(failure.getOriginalMessage()).contains("has 2 partitions").contains("asks for 6");
    }

    @Test
    void whatTheClusterDoesNotTakeIsInvalid() {
        // When
        var replicas = failure(() -> actions.createTopic(
                STEP, new CreateTopicInput(null, topic, 1, 3, null), new CreateTopicBefore(false, 0, "")));
        var config = failure(() -> actions.createTopic(
                STEP,
                new CreateTopicInput(null, topic, 1, null, Map.of("retention.ms", "soon")),
                new CreateTopicBefore(false, 0, "")));
        var name = failure(() -> actions.createTopic(
                STEP, new CreateTopicInput(null, "no such/name", 1, null, null), new CreateTopicBefore(false, 0, "")));

        // Then
        assertThat(List.of(replicas, config, name))
                .allSatisfy(failure -> assertThat(failure.getType()).isEqualTo(Failures.INVALID));
    }

    @Test
    void anEmptyTopicIsDeletedByUndoAndOnlyOnce() {
        // Given
        var before = actions.createTopicBefore(STEP, input(3));
        var result = createTopic(input(3), before);

        // When
        var undone = undo(before, result);
        var again = undo(before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(again.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(actions.createTopicBefore(STEP, input(3)).existed()).isFalse();
    }

    @Test
    void undoOfALostAttemptDeletesNothingThatMayBeSomeoneElses() {
        // Given
        var before = actions.createTopicBefore(STEP, input(3));
        var nothingHappened = undo(before, null);
        createTopic(input(3), before);

        // When
        var undone = undo(before, null);

        // Then
        assertThat(nothingHappened.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(actions.createTopicBefore(STEP, input(3)).existed()).isTrue();
    }

    @Test
    void aTopicThatSomeoneElseCreatedMeanwhileIsNotTakenBack() throws Exception {
        // Given
        var before = actions.createTopicBefore(STEP, input(3));
        create(3);
        var result = createTopic(input(3), before);

        // When
        var undone = undo(before, result);

        // Then
        assertThat(result.alreadyExisted()).isTrue();
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(actions.createTopicBefore(STEP, input(3)).existed()).isTrue();
    }

    @Test
    void anUndoWhoseAttemptDiedAfterTheDeletionStillSaysReverted() {
        // Given
        var before = new CreateTopicBefore(false, 0, "");
        var died = new Remembering("deleting " + topic);

        // When
        var undone = actions(broker.connection(), died).undoCreateTopic(STEP, input(3), before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
    }

    @Test
    void undoLeavesATopicThatHoldsMessages() {
        // Given
        var before = actions.createTopicBefore(STEP, input(3));
        var result = createTopic(input(3), before);
        send("{}", "{}");

        // When
        var undone = undo(before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("2 messages");
        assertThat(actions.createTopicBefore(STEP, input(3)).existed()).isTrue();
    }

    @Test
    void undoLeavesATopicThatExistedBefore() {
        // Given
        create(3);
        var before = actions.createTopicBefore(STEP, input(3));
        var result = createTopic(input(3), before);

        // When
        var undone = undo(before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(actions.createTopicBefore(STEP, input(3)).existed()).isTrue();
    }

    @Test
    void undoLeavesATopicThatSomeoneChangedMeanwhile() throws Exception {
        // Given
        var before = actions.createTopicBefore(STEP, input(3));
        var result = createTopic(input(3), before);
        grow(4);
        var grown = undo(before, result);
        delete();
        create(3);

        // When
        var renewed = undo(before, result);

        // Then
        assertThat(grown.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(grown.summary()).contains("4 partitions");
        assertThat(renewed.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(renewed.summary()).contains("anew");
    }

    @Test
    void offsetsAreTheEndsOfEveryPartition() {
        // Given
        create(2);
        send("a", "b", "c");

        // When
        var result = actions.offsets(STEP, new OffsetsInput(null, List.of(topic)));

        // Then
        assertThat(result.offsets().keySet()).containsExactly(topic + "-0", topic + "-1");
        assertThat(result.total()).isEqualTo(3);
        assertThat(result.summary()).isEqualTo("2 partitions of " + topic + " end at 3 together");
    }

    @Test
    void moreOffsetsThanAResultHoldsAreInvalid() {
        // Given
        topic = "events-" + "x".repeat(200) + topics;
        create(40);

        // When
        var failure = failure(() -> actions.offsets(STEP, new OffsetsInput(null, List.of(topic))));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("40 partitions");
    }

    @Test
    void onlyMessagesAfterTheRecordedOffsetsAreFound() {
        // Given
        create(3);
        send(event("test_prod_1"), event("test_prod_2"));
        var from = recorded();
        send(event("test_prod_1"), event("someone"), event("test_prod_2"), event("test_prod_3"));

        // When
        var result = consume(from, match("test_prod_1", "test_prod_2", "test_prod_3"), null);

        // Then
        assertThat(result.found()).isEqualTo(3);
        assertThat(result.values()).containsExactlyInAnyOrder("test_prod_1", "test_prod_2", "test_prod_3");
        assertThat(result.missing()).isEmpty();
        assertThat(result.scanned()).isEqualTo(4);
        assertThat(result.summary()).isEqualTo("3 of 4 messages match, none missing");
    }

    @Test
    void whatShouldNotBeThereIsNamedByWhereItStands() {
        // Given
        create(1);
        send("before");
        var from = recorded();
        send("a", "b");

        // When
        var result = consume(from, null, 0);

        // Then
        assertThat(result.at()).containsExactly(topic + "-0@1", topic + "-0@2");
        assertThat(result.summary())
                .isEqualTo("2 of 2 messages match, none missing; the first at %1$s-0@1, %1$s-0@2".formatted(topic));
    }

    @Test
    void whatIsMissingIsPendingAndFoundByALaterAttemptThatReadsOn() {
        // Given
        create(2);
        var from = recorded();
        send(event("test_prod_1"), event("test_prod_1"), "no json");
        var invocation = new Remembering(null);
        var attempts = actions(broker.connection(), invocation);
        var input = new ConsumeInput(null, topic, from, match("test_prod_1", "test_prod_2"), null);
        var failure = failure(() -> attempts.consume(STEP, input));
        send(event("test_prod_2"));

        // When
        var result = attempts.consume(STEP, input);

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.PENDING);
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failure.getOriginalMessage())
                .isEqualTo("found 2 of 2 in 3 messages of " + topic
                        + " since the recorded offsets; missing: test_prod_2; 1 are not JSON");
        assertThat(result.found()).isEqualTo(3);
        assertThat(result.scanned()).isEqualTo(4);
        assertThat(result.unreadable()).isEqualTo(1);
    }

    @Test
    void whatExpiresWhileItIsReadIsCounted() {
        // Given
        create(1);
        var from = recorded();
        send("a", "b", "c");
        var input = new ConsumeInput(null, topic, from, null, 1);
        ConsumeResult result;

        // When
        try (var consumer = new Clients(broker.connection()).consumer()) {
            result = new Consume(
                            admin,
                            expiring(consumer, 2),
                            new Remembering(null),
                            input,
                            broker.connection().timeout())
                    .run();
        }

        // Then
        assertThat(result.found()).isEqualTo(1);
        assertThat(result.expired()).isEqualTo(2);
    }

    /** A consumer under which the first messages expire right before it first reads. */
    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> expiring(Consumer<byte[], byte[]> consumer, long upTo) {
        var expired = new AtomicBoolean();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("poll") && expired.compareAndSet(false, true)) {
                        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(upTo)))
                                .all()
                                .get();
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aCountOfZeroLooksOnceAndReports() {
        // Given
        create(2);
        var from = recorded();
        var none = consume(from, null, 0);
        send("a", "b");

        // When
        var two = consume(from, null, 0);

        // Then
        assertThat(none.found()).isZero();
        assertThat(two.found()).isEqualTo(2);
    }

    @Test
    void fewerThanTheValuesMayBeAskedFor() {
        // Given
        create(1);
        var from = recorded();
        send(event("test_prod_1"));

        // When
        var result = consume(from, match("test_prod_1", "test_prod_1", "test_prod_2"), 1);

        // Then
        assertThat(result.found()).isEqualTo(1);
        assertThat(result.missing()).containsExactly("test_prod_2");
        assertThat(result.summary()).isEqualTo("1 of 1 message matches, 1 missing");
    }

    @Test
    void messagesAreMatchedByAPatternOrAnInnerField() {
        // Given
        create(1);
        var from = recorded();
        send("id=7;x", "id=8;x", "{\"user\":{\"id\":9,\"name\":\"ann\"}}", "{\"user\":null}");

        // When
        var group = consume(from, new Match(null, null, "id=(\\d)"), 2);
        var whole = consume(from, new Match(null, null, "id=."), 2);
        var inner = consume(from, new Match("user.id", null, null), 1);
        var both = consume(from, new Match("user.name", null, "^a"), 1);

        // Then
        assertThat(group.values()).containsExactly("7", "8");
        assertThat(whole.values()).isEmpty();
        assertThat(inner.values()).containsExactly("9");
        assertThat(inner.unreadable()).isEqualTo(2);
        assertThat(both.values()).containsExactly("ann");
    }

    @Test
    void messagesOfAnAbortedOrOpenTransactionAreNotFound() {
        // Given
        create(1);
        var from = recorded();
        Map<String, Object> client =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer-" + topic);
        ConsumeResult aborted;
        ConsumeResult committed;
        try (var writer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            writer.initTransactions();
            writer.beginTransaction();
            writer.send(new ProducerRecord<>(topic, "aborted"));
            writer.abortTransaction();
            writer.beginTransaction();
            writer.send(new ProducerRecord<>(topic, "committed"));
            writer.flush();

            // When
            aborted = consume(from, null, 0);
            writer.commitTransaction();
            // A commit is answered before its marker stands in the partition; until then the action is pending.
            committed = retried(() -> consume(from, null, 1));
        }

        // Then
        assertThat(aborted.found()).isZero();
        assertThat(committed.found()).isEqualTo(1);
    }

    @Test
    void partitionsAddedSinceAreReadFromTheirBeginning() throws Exception {
        // Given
        create(1);
        var from = recorded();
        grow(2);
        producer.send(new ProducerRecord<>(topic, 1, null, "new")).get();

        // When
        var result = consume(from, null, 1);

        // Then
        assertThat(result.found()).isEqualTo(1);
    }

    @Test
    void messagesThatExpiredUnreadAreCounted() throws Exception {
        // Given
        create(1);
        var from = recorded();
        send("a", "b", "c");
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();

        // When
        var result = consume(from, null, 1);

        // Then
        assertThat(result.found()).isEqualTo(1);
        assertThat(result.expired()).isEqualTo(2);
        assertThat(result.summary()).contains("2 expired unread");
    }

    @Test
    void offsetsOfATopicThatWasCreatedAnewAreRefused() throws Exception {
        // Given
        create(1);
        send("a", "b");
        var from = recorded();
        delete();
        create(1);

        // When
        var failure = failure(() -> consume(from, null, 1));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
        assertThat(failure.getOriginalMessage()).contains("ends at 0").contains("2 was recorded");
    }

    @Test
    void lagIsWhatTheGroupHasNotCommitted() {
        // Given
        create(2);
        sendTo(0, "a", "b", "c");
        sendTo(1, "d");
        String group = "group-" + topic;
        commit(group, Map.of(0, 1L, 1, 1L));

        // When
        var all = actions.lag(STEP, new LagInput(null, group, null));
        var one = actions.lag(STEP, new LagInput(null, group, List.of(topic)));

        // Then
        assertThat(all.total()).isEqualTo(2);
        assertThat(all.maxPartitionLag()).isEqualTo(2);
        assertThat(all.topics()).containsExactly(Map.entry(topic, 2L));
        assertThat(all.state()).isEqualTo("Empty");
        assertThat(all.members()).isZero();
        assertThat(one.summary()).isEqualTo("2 behind, at most 2 in a partition; Empty with 0 members");
    }

    @Test
    void partitionsWithoutACommitAreCountedAndNotGuessed() {
        // Given
        create(2);
        sendTo(0, "a", "b");
        sendTo(1, "c");
        String group = "group-" + topic;
        commit(group, Map.of(0, 2L));

        // When
        var result = actions.lag(STEP, new LagInput(null, group, null));

        // Then
        assertThat(result.total()).isZero();
        assertThat(result.uncommittedPartitions()).isEqualTo(1);
    }

    @Test
    void aGroupThatIsUnknownOrHasNotReadTheTopicIsNotFound() {
        // Given
        create(1);
        String group = "group-" + topic;
        commit(group, Map.of(0, 0L));
        String other = topic;
        nameTopic();
        create(1);

        // When
        var unknown = failure(() -> actions.lag(STEP, new LagInput(null, "nobody", List.of(other))));
        var unread = failure(() -> actions.lag(STEP, new LagInput(null, group, List.of(topic))));

        // Then
        assertThat(unknown.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(unknown.getOriginalMessage()).contains("'nobody'");
        assertThat(unread.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(unread.getOriginalMessage()).contains("has not read yet");
    }

    @Test
    void brokersThatAreDownAreUnavailableAndRetried() throws IOException {
        // Given
        var down = new KafkaConnection("127.0.0.1:" + FreePort.find(), null, null, Duration.ofMillis(300));
        var unreached = actions(down, Invocation.detached());

        // When
        var describe = failure(() -> unreached.describe(STEP, new DescribeInput(null, null)));
        var consume = failure(() ->
                unreached.consume(STEP, new ConsumeInput(null, topic, Map.of(topic + "-0", 0L), null, null)));

        // Then
        assertThat(List.of(describe, consume)).allSatisfy(failure -> {
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("127.0.0.1:");
        });
    }

    @Test
    void aNameThatDoesNotResolveIsUnavailable() {
        // Given
        var nowhere = new KafkaConnection("broker.invalid:9092", null, null, Duration.ofMillis(300));

        // When
        var failure =
                failure(() -> actions(nowhere, Invocation.detached()).describe(STEP, new DescribeInput(null, null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage()).contains("broker.invalid:9092");
    }

    @Test
    void credentialsAreReadFromSecretsAndAWrongPasswordIsDenied(@TempDir Path folder) throws IOException {
        // Given
        Path jaas = folder.resolve("jaas");
        Files.writeString(jaas, KafkaTestBroker.jaas("wr0ng"));
        var guarded = actions(broker.guardedConnection(Secret.ofFile(jaas)), Invocation.detached());

        // When
        var failure = failure(() -> guarded.describe(STEP, new DescribeInput(null, null)));
        Files.writeString(jaas, KafkaTestBroker.jaas("right"));
        var afterRotation = guarded.describe(STEP, new DescribeInput(null, null));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure).message().doesNotContain("wr0ng");
        assertThat(afterRotation.brokers()).isEqualTo(1);
    }

    @Test
    void aConfigurationThatTheClientDoesNotTakeIsInvalidWithoutItsSecret(@TempDir Path folder) throws IOException {
        // Given
        Path jaas = Files.writeString(folder.resolve("jaas"), "s3cret without form");
        var broken = actions(broker.guardedConnection(Secret.ofFile(jaas)), Invocation.detached());

        // When
        var failure = failure(() -> broken.describe(STEP, new DescribeInput(null, null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("sasl.jaas.config").doesNotContain("s3cret");
        assertThat(failure.getCause()).isNull();
    }

    private static KafkaActions actions(KafkaConnection connection, Invocation invocation) {
        var connections = new Connections("production", Map.of("events", connection), Map.of());
        return new KafkaActions(new ActionContext(connections, Clock.systemUTC(), () -> invocation));
    }

    private static ApplicationFailure failure(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(ApplicationFailure.class, call));
    }

    private CreateTopicInput input(int partitions) {
        return new CreateTopicInput(null, topic, partitions, null, null);
    }

    private void create(int partitions) {
        createTopic(input(partitions), actions.createTopicBefore(STEP, input(partitions)));
    }

    private CreateTopicResult createTopic(CreateTopicInput input, CreateTopicBefore before) {
        var attempts = actions(broker.connection(), new Remembering(null));
        return retried(() -> attempts.createTopic(STEP, input, before));
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

    private void grow(int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> actions.createTopicBefore(STEP, input(1)).partitions() == partitions);
    }

    private void delete() throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> !actions.createTopicBefore(STEP, input(1)).existed());
    }

    private UndoResult undo(CreateTopicBefore before, @Nullable CreateTopicResult result) {
        return retried(() -> actions.undoCreateTopic(STEP, input(3), before, result));
    }

    private Map<String, Long> recorded() {
        return actions.offsets(STEP, new OffsetsInput(null, List.of(topic))).offsets();
    }

    private ConsumeResult consume(Map<String, Long> from, @Nullable Match match, @Nullable Integer count) {
        return actions.consume(STEP, new ConsumeInput(null, topic, from, match, count));
    }

    private static Match match(String... users) {
        return new Match("user_id", List.of(users), null);
    }

    private static String event(String user) {
        return "{\"user_id\":\"" + user + "\",\"bpm\":61}";
    }

    private void send(String... values) {
        List.of(values).forEach(value -> producer.send(new ProducerRecord<>(topic, value)));
        producer.flush();
    }

    private void sendTo(int partition, String... values) {
        List.of(values).forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, value)));
        producer.flush();
    }

    private void commit(String group, Map<Integer, Long> offsets) {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group);
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            offsets.forEach((partition, offset) ->
                    consumer.commitSync(Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset))));
        }
    }

    /** An attempt that finds the last details reported, by itself or by the one before it. */
    private static final class Remembering implements Invocation {
        private final List<Object> details = new ArrayList<>();

        Remembering(@Nullable Object last) {
            if (last != null) {
                details.add(last);
            }
        }

        @Override
        public int attempt() {
            return details.size();
        }

        @Override
        public void heartbeat(@Nullable Object reported) {
            details.add(reported);
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return details.isEmpty() ? Optional.empty() : Optional.of(type.cast(details.get(details.size() - 1)));
        }
    }
}
