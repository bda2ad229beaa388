package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.actions.kafka.OffsetsResult;
import io.longwatch.contract.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Where the partitions of some topics end. */
final class Offsets {
    private static final int LARGEST = 6500;
    private final Admin admin;
    private final OffsetsInput input;

    Offsets(Admin admin, OffsetsInput input) {
        this.admin = admin;
        this.input = input;
    }

    OffsetsResult run() {
        var topics = new Topics(admin);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : input.topics()) {
            partitions.addAll(Topics.partitions(topics.get(topic)));
        }
        requireSmall(partitions);
        Map<TopicPartition, Long> ends = topics.ends(partitions);
        Map<String, Long> offsets = new LinkedHashMap<>();
        partitions.forEach(partition -> offsets.put(partition.toString(), ends.get(partition)));
        long total = ends.values().stream().mapToLong(Long::longValue).sum();
        return new OffsetsResult(
                offsets, total, partitions.size() + " partitions of " + named() + " end at " + total + " together");
    }

    private String named() {
        return input.topics().size() <= 5
                ? String.join(", ", input.topics())
                : input.topics().size() + " topics";
    }

    private void requireSmall(List<TopicPartition> partitions) {
        int size = partitions.stream()
                .mapToInt(partition -> partition.toString().length() + 15)
                .sum();
        if (size > LARGEST) {
            throw Failures.invalid("topics have " + partitions.size()
                    + " partitions together, more than a step's result holds; use a step for each topic");
        }
    }
}
