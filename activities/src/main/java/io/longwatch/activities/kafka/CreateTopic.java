package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.CreateTopicBefore;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;

/** A topic with so many partitions: created if there is none, and shown by the brokers before it counts as done. */
final class CreateTopic {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private final Admin admin;
    private final Invocation invocation;
    private final CreateTopicInput input;

    CreateTopic(Admin admin, Invocation invocation, CreateTopicInput input) {
        this.admin = admin;
        this.invocation = invocation;
        this.input = input;
    }

    CreateTopicBefore before() {
        return new Topics(admin)
                .find(input.topic())
                .map(found -> new CreateTopicBefore(
                        true,
                        found.partitions().size(),
                        input.topic() + " exists with " + found.partitions().size() + " partitions"))
                .orElseGet(() -> new CreateTopicBefore(false, 0, input.topic() + " does not exist"));
    }

    CreateTopicResult run(CreateTopicBefore before) {
        boolean begun = invocation.announced(creating());
        Optional<TopicDescription> found = new Topics(admin).find(input.topic());
        boolean ours = begun;
        if (found.isEmpty()) {
            ours = create() || begun;
            found = new Topics(admin).find(input.topic());
        }
        return result(
                found.orElseThrow(() -> Failures.pending("no broker shows " + input.topic() + " yet", AGAIN)),
                before.existed() || !ours);
    }

    private String creating() {
        return "creating " + input.topic();
    }

    /** Creates it; false if someone else was quicker. */
    private boolean create() {
        Optional<Short> replicas =
                Optional.ofNullable(input.replicationFactor()).map(Integer::shortValue);
        NewTopic topic =
                new NewTopic(input.topic(), Optional.of(input.partitions()), replicas).configs(input.configsOrNone());
        boolean begun = invocation.announced(creating());
        invocation.renew(creating());
        try {
            Answers.of(admin.createTopics(List.of(topic)).all());
            return true;
        } catch (TopicExistsException e) {
            // The look that follows judges what was made, and the next attempt must not take it for its own.
            invocation.renew(begun ? creating() : "found " + input.topic());
            return false;
        }
    }

    private CreateTopicResult result(TopicDescription found, boolean foreign) {
        int partitions = found.partitions().size();
        if (partitions != input.partitions()) {
            throw Failures.refused("topic '" + input.topic() + "' has " + partitions
                    + " partitions and the step asks for " + input.partitions()
                    + "; correct the plan, or repartition the topic outside of the release");
        }
        long leaderless =
                found.partitions().stream().filter(CreateTopic::hasNoLeader).count();
        if (leaderless > 0) {
            throw Failures.pending(
                    leaderless + " of " + partitions + " partitions of " + input.topic() + " have no leader yet",
                    AGAIN);
        }
        int replicas = Topics.replicationFactor(found);
        String done = foreign ? input.topic() + " exists already with " : "created " + input.topic() + " with ";
        return new CreateTopicResult(
                foreign,
                partitions,
                replicas,
                found.topicId().toString(),
                done + partitions + " partitions x " + replicas + otherThanAsked(replicas));
    }

    private String otherThanAsked(int replicas) {
        return input.replicationFactor() == null || input.replicationFactor() == replicas
                ? ""
                : ", where " + input.replicationFactor() + " replicas are asked for";
    }

    private static boolean hasNoLeader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty();
    }
}
