package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** What stood in the cluster before {@code kafka.createTopic}. */
public record CreateTopicBefore(
        @Field(value = "Whether the topic existed", example = "false")
        boolean existed,

        @Field(value = "Its partitions, 0 if it did not exist", example = "0")
        int partitions,

        @Field(value = "Whether it existed, and how", example = "biometric-events does not exist")
        String summary)
        implements ActionResult {}
