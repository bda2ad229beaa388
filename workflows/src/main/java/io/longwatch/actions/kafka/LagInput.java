package io.longwatch.actions.kafka;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code kafka.lag}. */
public record LagInput(
        @ConnectionName("kafka")
        @Field(value = "Connection of kind kafka; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Consumer group", example = "bridge-writer")
        String group,

        @Field(
                value = "Topics to look at; by default all that the group has committed offsets for",
                example = "[biometric-events]")
        @Nullable
        List<String> topics) {
    public LagInput {
        if (group.isBlank()) {
            throw new IllegalArgumentException("group is empty; write the consumer group's id");
        }
        topics = topics == null ? null : List.copyOf(topics);
    }
}
