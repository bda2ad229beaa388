package io.longwatch.actions.kafka;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code kafka.describe}. */
public record DescribeInput(
        @ConnectionName("kafka")
        @Field(value = "Connection of kind kafka; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Topic to describe too; none by default", example = "biometric-events") @Nullable
        String topic) {}
