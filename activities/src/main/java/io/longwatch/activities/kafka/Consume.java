package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.ConsumeResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic from recorded offsets up to where it ends now and looks for messages. What is not there yet is pending;
 * the next attempt reads on where this one stopped.
 */
final class Consume {
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration READ_ON = Duration.ofSeconds(1);
    private static final int MOST_SHOWN = 5;

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Invocation invocation;
    private final ConsumeInput input;
    private final Duration patience;
    private long expired;

    /** @param patience longest wait for the first answer, and between two */
    Consume(
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            Invocation invocation,
            ConsumeInput input,
            Duration patience) {
        this.admin = admin;
        this.consumer = consumer;
        this.invocation = invocation;
        this.input = input;
        this.patience = patience;
    }

    ConsumeResult run() {
        Progress last = invocation.lastHeartbeat(Progress.class).orElse(Progress.NONE);
        var tally = new Tally(input.match(), last);
        List<TopicPartition> partitions = Topics.partitions(new Topics(admin).get(input.topic()));
        requireSameTopic(partitions);
        consumer.assign(partitions);
        expired = last.expired();
        seek(partitions, last);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean complete = read(ends, tally);
        return judge(tally, complete);
    }

    /** A topic that ends before what was recorded of it is another one of the same name. */
    private void requireSameTopic(List<TopicPartition> partitions) {
        new Topics(admin).ends(partitions).forEach((partition, end) -> {
            long from = input.from().getOrDefault(partition.toString(), 0L);
            if (end < from) {
                throw Failures.refused("partition " + partition + " ends at " + end + " and " + from
                        + " was recorded: the topic was created anew since; record its offsets again");
            }
        });
        for (String key : input.from().keySet()) {
            if (ConsumeInput.isPartitionOf(input.topic(), key)
                    && partitions.stream()
                            .noneMatch(partition -> partition.toString().equals(key))) {
                throw Failures.refused("from names " + key + " and '" + input.topic() + "' has " + partitions.size()
                        + " partitions: the topic was created anew since; record its offsets again");
            }
        }
    }

    /** Goes to where reading begins, and counts the offsets before the first one left, which nobody reads. */
    private void seek(List<TopicPartition> partitions, Progress last) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long recorded = input.from().getOrDefault(partition.toString(), 0L);
            long next = last.next().getOrDefault(partition.toString(), recorded);
            long first = Math.max(next, beginnings.getOrDefault(partition, 0L));
            expired += first - next;
            consumer.seek(partition, first);
        }
    }

    /** Goes on behind what has expired since. */
    private void skip(Map<TopicPartition, Long> outOfRange) {
        consumer.beginningOffsets(outOfRange.keySet()).forEach((partition, first) -> {
            expired += Math.max(0, first - outOfRange.getOrDefault(partition, first));
            consumer.seek(partition, first);
        });
    }

    /** Reads until the ends, or until the time is up; true if it came to the ends. */
    private boolean read(Map<TopicPartition, Long> ends, Tally tally) {
        long begin = System.nanoTime();
        long lastSeen = begin;
        boolean complete = isAt(ends);
        while (!complete && passed(lastSeen).compareTo(patience) < 0 && (lastSeen == begin || isEarly(begin))) {
            int count = poll(tally);
            lastSeen = count == 0 ? lastSeen : System.nanoTime();
            invocation.heartbeat(tally.progress(positions(ends), expired));
            complete = isAt(ends);
        }
        invocation.heartbeat(tally.progress(positions(ends), expired));
        return complete;
    }

    private int poll(Tally tally) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                tally.add(record);
            }
            return records.count();
        } catch (OffsetOutOfRangeException e) {
            skip(e.offsetOutOfRangePartitions());
            return 0;
        }
    }

    private static boolean isEarly(long begin) {
        return passed(begin).compareTo(LONGEST) < 0;
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Map<String, Long> positions(Map<TopicPartition, Long> ends) {
        Map<String, Long> positions = new LinkedHashMap<>();
        ends.keySet().forEach(partition -> positions.put(partition.toString(), consumer.position(partition)));
        return positions;
    }

    private ConsumeResult judge(Tally tally, boolean complete) {
        Progress seen = tally.progress(Map.of(), expired);
        List<String> missing = tally.missing();
        int count = input.countOrDefault();
        boolean enough =
                seen.found() >= count && (count > 0 || complete) && (missing.isEmpty() || !input.asksForEachValue());
        if (!enough) {
            throw Failures.pending(notYet(seen, missing, count, complete), complete ? AGAIN : READ_ON);
        }
        return new ConsumeResult(
                seen.found(),
                Tally.bounded(seen.values()),
                Tally.bounded(missing),
                seen.at(),
                seen.scanned(),
                seen.unreadable(),
                expired,
                seen.found() + " of " + messages(seen.scanned()) + (seen.found() == 1 ? " matches" : " match")
                        + (missing.isEmpty() ? ", none missing" : ", " + missing.size() + " missing")
                        + (expired == 0 ? "" : "; " + expired + " expired unread")
                        + (count == 0 && seen.found() > 0 ? "; the first at " + first(seen.at()) : ""));
    }

    private static String first(List<String> at) {
        String shown = String.join(", ", at.subList(0, Math.min(MOST_SHOWN, at.size())));
        return shown + (at.size() > MOST_SHOWN ? " and on" : "");
    }

    private String notYet(Progress seen, List<String> missing, int count, boolean complete) {
        return "found " + seen.found() + " of " + count + " in " + messages(seen.scanned()) + " of " + input.topic()
                + " since the recorded offsets"
                + (complete ? "" : ", not all read yet")
                + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", Tally.bounded(missing)))
                + (seen.unreadable() == 0 ? "" : "; " + seen.unreadable() + " are not JSON")
                + (seen.expired() == 0 ? "" : "; " + seen.expired() + " expired unread");
    }

    private static String messages(long count) {
        return count + (count == 1 ? " message" : " messages");
    }

    private static Duration passed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
