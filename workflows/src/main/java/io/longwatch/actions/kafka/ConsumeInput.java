package io.longwatch.actions.kafka;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code kafka.consume}. */
public record ConsumeInput(
        @ConnectionName("kafka")
        @Field(value = "Connection of kind kafka; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Topic to read", example = "biometric-events")
        String topic,

        @Field(
                value =
                        "Offsets to read from, by <topic>-<partition> as kafka.offsets recorded them; those of other topics"
                                + " are left aside, partitions added since are read from their beginning",
                unit = "messages",
                example = "{biometric-events-0: 41, biometric-events-1: 38}")
        Map<String, Long> from,

        @Field(value = "Which messages count; all by default", example = "{field: user_id, in: [test_prod_1]}")
        @Nullable
        Match match,

        @Field(
                value =
                        "Matching messages that must be there; by default one, or one for each value of match.in, each of"
                                + " which must then be seen. 0 looks once and reports",
                unit = "messages",
                example = "3")
        @Nullable
        Integer count) {
    public ConsumeInput {
        from = Collections.unmodifiableMap(new LinkedHashMap<>(from));
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic is empty; write the name of the topic");
        }
        if (from.keySet().stream().noneMatch(key -> isPartitionOf(topic, key))) {
            throw new IllegalArgumentException("from has no offset of topic '" + topic + "' but of "
                    + List.copyOf(from.keySet()) + "; record them with kafka.offsets before the messages are sent");
        }
        if (count != null && count < 0) {
            throw new IllegalArgumentException("count is " + count + "; write 0 or more");
        }
    }

    /** The messages asked for: as given, or one for each value looked for. */
    public int countOrDefault() {
        if (count != null) {
            return count;
        }
        return match == null || match.in() == null ? 1 : match.in().size();
    }

    /** Whether {@code <topic>-<partition>} names a partition of the topic: events-dlq-0 is none of events. */
    public static boolean isPartitionOf(String topic, String key) {
        return key.startsWith(topic + "-") && key.substring(topic.length() + 1).matches("[0-9]{1,9}");
    }

    /** Whether every value of {@code match.in} must be seen: unless fewer messages are asked for than there are values. */
    public boolean asksForEachValue() {
        return match != null
                && match.in() != null
                && countOrDefault() >= match.in().size();
    }
}
