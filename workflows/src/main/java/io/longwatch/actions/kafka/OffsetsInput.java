package io.longwatch.actions.kafka;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code kafka.offsets}. */
public record OffsetsInput(
        @ConnectionName("kafka")
        @Field(value = "Connection of kind kafka; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Topics whose ends are read", example = "[biometric-events, biometric-events.dlq]")
        List<String> topics) {
    public OffsetsInput {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics is empty; name at least one topic");
        }
    }
}
