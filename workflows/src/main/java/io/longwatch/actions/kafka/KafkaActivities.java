package io.longwatch.actions.kafka;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a Kafka cluster and creates its topics. Nothing is ever produced, and no consumer group is joined or
 * moved.
 *
 * <p>Fails with {@code Unavailable} (retried) when brokers cannot be reached, have no leader or do not answer in time;
 * {@code Denied} when they refuse the credentials or an ACL is missing; {@code NotFound} for an unknown topic or
 * consumer group; {@code InvalidInput} for a name, number or configuration that the cluster does not take.
 */
@ActionSystem(name = "kafka", title = "Kafka")
@ActivityInterface
public interface KafkaActivities {

    /** Reads the brokers that answer and, if one is named, a topic's partitions and replicas. Idempotent. */
    @Action(
            title = "Describe a Kafka cluster",
            description =
                    "Reads the cluster's id and live brokers; for a topic its partitions, replication factor and how"
                            + " many partitions have fewer replicas in sync than they should.",
            attempt = "PT30S",
            example = "{connection: events, topic: biometric-events}")
    @ActivityMethod(name = "kafka.describe")
    DescribeResult describe(StepRef step, DescribeInput input);

    /** Reads whether the topic exists, and how it is partitioned. */
    @ActivityMethod(name = "kafka.createTopic.before")
    CreateTopicBefore createTopicBefore(StepRef step, CreateTopicInput input);

    /**
     * Creates a topic and waits until every partition has a leader.
     *
     * <p>Idempotent: a topic of that name with as many partitions is the wished state. Fails with {@code Refused} when
     * it has another number of partitions, {@code Pending} (retried) until brokers show it.
     */
    @Action(
            title = "Create a Kafka topic",
            description = "Creates a topic and waits until every partition has a leader. A topic that exists with as"
                    + " many partitions is left as it is; one with another number is refused. Undo deletes it only if this"
                    + " step is known to have created it and it holds no message.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            attempt = "PT30S",
            timeout = "PT5M",
            example = """
                    connection: events
                    topic: biometric-events.dlq
                    partitions: 3
                    configs: {retention.ms: "1209600000"}
                    """)
    @ActivityMethod(name = "kafka.createTopic")
    CreateTopicResult createTopic(StepRef step, CreateTopicInput input, CreateTopicBefore before);

    /** Deletes the topic if the step's result says that it created it and it is empty. Idempotent. */
    @ActivityMethod(name = "kafka.createTopic.undo")
    UndoResult undoCreateTopic(
            StepRef step, CreateTopicInput input, CreateTopicBefore before, @Nullable CreateTopicResult result);

    /** Reads where each partition of some topics ends now. Idempotent. */
    @Action(
            title = "Record Kafka end offsets",
            description =
                    "Reads the end offset of every partition of the topics: the point from which kafka.consume later"
                            + " finds what came after it.",
            attempt = "PT30S",
            example = "{connection: events, topics: [biometric-events, biometric-events.dlq]}")
    @ActivityMethod(name = "kafka.offsets")
    OffsetsResult offsets(StepRef step, OffsetsInput input);

    /**
     * Reads a topic's messages after recorded offsets and looks for those that match. Idempotent: without a group,
     * nothing is committed.
     *
     * <p>Fails with {@code Pending} (retried until the step's timeout) while fewer messages match than asked, naming what
     * is missing; {@code Refused} when the topic was recreated since the offsets were recorded.
     */
    @Action(
            title = "Find messages in a Kafka topic",
            description = "Reads committed messages of a topic after the offsets that kafka.offsets recorded, without a"
                    + " consumer group, and counts those that match: a field of a JSON value, or a pattern. Tries again until"
                    + " as many as asked are there; with count 0 it looks once, up to the present end, and reports.",
            attempt = "PT1M",
            example = """
                    connection: events
                    topic: biometric-events
                    from: {biometric-events-0: 41, biometric-events-1: 38}
                    match: {field: user_id, in: [test_prod_1, test_prod_2, test_prod_3]}
                    count: 3
                    """)
    @ActivityMethod(name = "kafka.consume")
    ConsumeResult consume(StepRef step, ConsumeInput input);

    /** Reads how far a consumer group is behind the ends of its topics. Idempotent. */
    @Action(
            title = "Read a Kafka consumer group's lag",
            description = "Reads the group's state, members and committed offsets, and how many messages lie between"
                    + " these and the ends of the partitions. Partitions without a committed offset are counted, not"
                    + " guessed at.",
            attempt = "PT30S",
            example = "{connection: events, group: bridge-writer, topics: [biometric-events]}")
    @ActivityMethod(name = "kafka.lag")
    LagResult lag(StepRef step, LagInput input);
}
