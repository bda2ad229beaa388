package io.longwatch.actions.kafka;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Input of {@code kafka.createTopic}. */
public record CreateTopicInput(
        @ConnectionName("kafka")
        @Field(value = "Connection of kind kafka; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Name of the topic", example = "biometric-events")
        String topic,

        @Field(value = "Number of partitions", example = "6")
        int partitions,

        @Field(value = "Replicas of each partition; the brokers' default by default", example = "3") @Nullable
        Integer replicationFactor,

        @Field(value = "Configuration of the topic; the brokers' by default", example = "{retention.ms: \"604800000\"}")
        @Nullable
        Map<String, String> configs) {
    public CreateTopicInput {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic is empty; write the name of the topic");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of topic '" + topic + "' is " + partitions + "; write 1 or more");
        }
        if (replicationFactor != null && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
            throw new IllegalArgumentException("replicationFactor of topic '" + topic + "' is " + replicationFactor
                    + "; write 1 or more, or leave it out for the brokers' default");
        }
        configs = configs == null ? null : Collections.unmodifiableMap(new TreeMap<>(configs));
    }

    public Map<String, String> configsOrNone() {
        return configs == null ? Map.of() : configs;
    }
}
