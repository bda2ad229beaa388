package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import io.longwatch.contract.NamedBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Result of {@code kafka.lag}. */
public record LagResult(
        @Field(value = "State of the group as Kafka names it: Stable, Empty and so on", example = "Stable")
        String state,

        @Field(value = "Members of the group", example = "2")
        int members,

        @Field(value = "Messages not yet committed, over all partitions looked at", unit = "messages", example = "12")
        long total,

        @Field(
                value = "Messages not yet committed in the partition that is furthest behind",
                unit = "messages",
                example = "7")
        long maxPartitionLag,

        @NamedBy(value = "topics", otherwiseAny = true)
        @Field(value = "Messages not yet committed, by topic", unit = "messages", example = "{biometric-events: 12}")
        Map<String, Long> topics,

        @Field(value = "Partitions of these topics without a committed offset; not in the sums", example = "0")
        int uncommittedPartitions,

        @Field(value = "Lag and state", example = "12 behind, at most 7 in a partition; Stable with 2 members")
        String summary)
        implements ActionResult {
    public LagResult {
        topics = topics == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(topics));
    }
}
