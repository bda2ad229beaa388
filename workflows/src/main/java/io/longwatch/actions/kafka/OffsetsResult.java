package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Result of {@code kafka.offsets}. */
public record OffsetsResult(
        @Field(
                value = "End offset of each partition, by <topic>-<partition>",
                unit = "messages",
                example = "{biometric-events-0: 41, biometric-events-1: 38}")
        Map<String, Long> offsets,

        @Field(value = "Sum of the end offsets", unit = "messages", example = "79")
        long total,

        @Field(value = "Partitions and their sum", example = "2 partitions of biometric-events end at 79 together")
        String summary)
        implements ActionResult {
    public OffsetsResult {
        offsets = offsets == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
    }
}
