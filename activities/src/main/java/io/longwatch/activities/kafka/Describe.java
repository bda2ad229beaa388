package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.DescribeInput;
import io.longwatch.actions.kafka.DescribeResult;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/** The brokers that are up and, if one is named, a topic's partitions and replicas. */
final class Describe {
    private final Admin admin;
    private final DescribeInput input;

    Describe(Admin admin, DescribeInput input) {
        this.admin = admin;
        this.input = input;
    }

    DescribeResult run() {
        DescribeClusterResult cluster = admin.describeCluster();
        int brokers = Answers.of(cluster.nodes()).size();
        @Nullable Node controller = Answers.of(cluster.controller());
        String clusterId = Answers.of(cluster.clusterId());
        Integer controllerId = controller == null || controller.isEmpty() ? null : controller.id();
        String summary = brokers + (brokers == 1 ? " broker" : " brokers");
        if (input.topic() == null) {
            return new DescribeResult(clusterId, brokers, controllerId, null, null, null, summary);
        }
        TopicDescription topic = new Topics(admin).get(input.topic());
        int partitions = topic.partitions().size();
        int replicas = Topics.replicationFactor(topic);
        int under = underReplicated(topic);
        return new DescribeResult(
                clusterId,
                brokers,
                controllerId,
                partitions,
                replicas,
                under,
                summary + "; " + topic.name() + ": " + partitions + " partitions x " + replicas
                        + (under == 0 ? "" : ", " + under + " under-replicated"));
    }

    private static int underReplicated(TopicDescription topic) {
        return (int) topic.partitions().stream()
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .count();
    }
}
