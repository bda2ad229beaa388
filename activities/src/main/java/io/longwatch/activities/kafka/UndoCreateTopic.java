package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.CreateTopicBefore;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Deletes a topic that the step created, as long as no message is in it. */
final class UndoCreateTopic {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final String DELETING = "deleting ";

    private final Admin admin;
    private final Invocation invocation;
    private final CreateTopicInput input;

    UndoCreateTopic(Admin admin, Invocation invocation, CreateTopicInput input) {
        this.admin = admin;
        this.invocation = invocation;
        this.input = input;
    }

    UndoResult run(CreateTopicBefore before, @Nullable CreateTopicResult result) {
        if (before.existed()) {
            return UndoResult.notNeeded(input.topic() + " existed before this step");
        }
        if (result != null && result.alreadyExisted()) {
            return UndoResult.notNeeded(input.topic() + " was created by someone else, not by this step");
        }
        Optional<TopicDescription> found = new Topics(admin).find(input.topic());
        if (found.isEmpty()) {
            return gone();
        }
        if (result == null) {
            return UndoResult.refused(
                    input.topic() + " stays: the step's result is unknown, and nothing tells a topic of"
                            + " its making from someone else's; delete it by hand if it is not used");
        }
        String obstacle = obstacle(found.get(), result);
        return obstacle == null ? delete(found.get()) : UndoResult.refused(input.topic() + " stays: " + obstacle);
    }

    private UndoResult gone() {
        return invocation.announced(DELETING + input.topic())
                ? UndoResult.reverted("deleted " + input.topic())
                : UndoResult.notNeeded(input.topic() + " does not exist");
    }

    private @Nullable String obstacle(TopicDescription found, CreateTopicResult result) {
        if (result.topicId() != null && !result.topicId().equals(found.topicId().toString())) {
            return "someone deleted and created it anew since this step (id " + found.topicId() + ")";
        }
        if (found.partitions().size() != input.partitions()) {
            return "it has " + found.partitions().size() + " partitions now, this step asked for " + input.partitions();
        }
        long messages = messages(found);
        return messages == 0 ? null : "it holds " + messages + (messages == 1 ? " message" : " messages");
    }

    private long messages(TopicDescription found) {
        List<TopicPartition> partitions = Topics.partitions(found);
        var topics = new Topics(admin);
        return sum(topics.ends(partitions).values())
                - sum(topics.beginnings(partitions).values());
    }

    private static long sum(Iterable<Long> offsets) {
        long sum = 0;
        for (long offset : offsets) {
            sum += offset;
        }
        return sum;
    }

    private UndoResult delete(TopicDescription found) {
        invocation.renew(DELETING + input.topic());
        try {
            Answers.of(admin.deleteTopics(List.of(found.name())).all());
        } catch (UnknownTopicOrPartitionException e) {
            return UndoResult.notNeeded(input.topic() + " was deleted meanwhile");
        }
        if (new Topics(admin).find(input.topic()).isPresent()) {
            throw Failures.pending(input.topic() + " is deleted, and brokers still show it", AGAIN);
        }
        return UndoResult.reverted("deleted " + input.topic() + ", which was empty");
    }
}
