package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Result of {@code kafka.createTopic}. */
public record CreateTopicResult(
        @Field(value = "Whether the topic stood there before this step", example = "false")
        boolean alreadyExisted,

        @Field(value = "Its partitions", example = "6") int partitions,

        @Field(value = "Smallest number of replicas of its partitions", example = "3")
        int replicationFactor,

        @Field(value = "Id that the cluster gave it", example = "hJ1vYc3nS0eQ0bW8Qy5T6A") @Nullable
        String topicId,

        @Field(value = "What was done", example = "created biometric-events with 6 partitions x 3")
        String summary)
        implements ActionResult {}
