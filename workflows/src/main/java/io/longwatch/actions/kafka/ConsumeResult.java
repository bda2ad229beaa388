package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code kafka.consume}. */
public record ConsumeResult(
        @Field(value = "Messages that match", unit = "messages", example = "3")
        long found,

        @Field(
                value = "Different values of the matched field, the first 20",
                example = "[test_prod_1, test_prod_2, test_prod_3]")
        List<String> values,

        @Field(value = "Values looked for and not seen, the first 20", example = "[]")
        List<String> missing,

        @Field(
                value = "Where messages that match stand, the first 20, as <topic>-<partition>@<offset>",
                example = "[biometric-events-0@41, biometric-events-1@38, biometric-events-1@39]")
        List<String> at,

        @Field(value = "Messages read", unit = "messages", example = "17")
        long scanned,

        @Field(
                value = "Messages whose value is not JSON, where a field was asked for",
                unit = "messages",
                example = "0")
        long unreadable,

        @Field(
                value = "Offsets after the recorded ones that the topic's retention had removed before they were read",
                unit = "messages",
                example = "0")
        long expired,

        @Field(value = "Matches among what was read", example = "3 of 17 messages match, none missing")
        String summary)
        implements ActionResult {
    public ConsumeResult {
        values = values == null ? List.of() : List.copyOf(values);
        missing = missing == null ? List.of() : List.copyOf(missing);
        at = at == null ? List.of() : List.copyOf(at);
    }
}
