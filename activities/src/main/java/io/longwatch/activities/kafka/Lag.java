package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.LagInput;
import io.longwatch.actions.kafka.LagResult;
import io.longwatch.contract.Failures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** How many messages a consumer group has not committed yet. */
final class Lag {
    private static final int MOST_TOPICS = 40;
    private final Admin admin;
    private final LagInput input;

    Lag(Admin admin, LagInput input) {
        this.admin = admin;
        this.input = input;
    }

    LagResult run() {
        var described = admin.describeConsumerGroups(List.of(input.group())).describedGroups();
        ConsumerGroupDescription group = Answers.of(Objects.requireNonNull(described.get(input.group())));
        if (group.groupState() == GroupState.DEAD) {
            throw Failures.notFound("consumer group '" + input.group() + "' does not exist");
        }
        Map<TopicPartition, Long> committed = committed();
        Collection<TopicPartition> partitions = partitions(committed);
        List<TopicPartition> known =
                partitions.stream().filter(committed::containsKey).toList();
        if (known.isEmpty()) {
            throw Failures.notFound("consumer group '" + input.group() + "' has committed no offset"
                    + (input.topics() == null ? "" : " of " + input.topics()) + "; it has not read yet");
        }
        return result(group, lags(known, committed), partitions.size() - known.size());
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, OffsetAndMetadata> all =
                Answers.of(admin.listConsumerGroupOffsets(input.group()).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        all.forEach((partition, offset) -> {
            // Kafka gives null for a partition without a commit.
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** The partitions of the topics asked for, each of which must exist; else of those committed that still do. */
    private Collection<TopicPartition> partitions(Map<TopicPartition, Long> committed) {
        var topics = new Topics(admin);
        if (input.topics() != null) {
            return input.topics().stream()
                    .map(topics::get)
                    .flatMap(topic -> Topics.partitions(topic).stream())
                    .toList();
        }
        List<TopicPartition> partitions = new ArrayList<>();
        committed.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .forEach(name -> topics.find(name)
                        .map((TopicDescription topic) -> Topics.partitions(topic))
                        .ifPresent(partitions::addAll));
        return partitions;
    }

    private Map<TopicPartition, Long> lags(List<TopicPartition> partitions, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> lags = new LinkedHashMap<>();
        new Topics(admin)
                .ends(partitions)
                .forEach((partition, end) ->
                        lags.put(partition, Math.max(0, end - committed.getOrDefault(partition, end))));
        return lags;
    }

    private static LagResult result(ConsumerGroupDescription group, Map<TopicPartition, Long> lags, int uncommitted) {
        Map<String, Long> byTopic = new TreeMap<>();
        lags.forEach((partition, lag) -> byTopic.merge(partition.topic(), lag, Long::sum));
        long total = lags.values().stream().mapToLong(Long::longValue).sum();
        long most = lags.values().stream().mapToLong(Long::longValue).max().orElse(0);
        String state = group.groupState().toString();
        int members = group.members().size();
        return new LagResult(
                state,
                members,
                total,
                most,
                furthestBehind(byTopic),
                uncommitted,
                total + " behind, at most " + most + " in a partition; " + state + " with " + members
                        + (members == 1 ? " member" : " members"));
    }

    private static Map<String, Long> furthestBehind(Map<String, Long> byTopic) {
        Map<String, Long> bounded = new LinkedHashMap<>();
        byTopic.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TOPICS)
                .forEach(entry -> bounded.put(entry.getKey(), entry.getValue()));
        return bounded;
    }
}
