package io.longwatch.activities.cloud;

import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import software.amazon.awssdk.services.kafka.KafkaClient;
import software.amazon.awssdk.services.kafka.model.BrokerSoftwareInfo;
import software.amazon.awssdk.services.kafka.model.Cluster;
import software.amazon.awssdk.services.kafka.model.NotFoundException;
import software.amazon.awssdk.services.kafka.model.Provisioned;

/** A cluster of MSK, provisioned or serverless; a serverless one has no brokers to count. */
final class Broker {
    private final Clients clients;
    private final DescribeInput input;

    Broker(Clients clients, DescribeInput input) {
        this.clients = clients;
        this.input = input;
    }

    DescribeResult run() {
        try (KafkaClient msk = clients.client(KafkaClient.builder())) {
            Cluster cluster = input.id().startsWith("arn:") ? byArn(msk) : byName(msk);
            var description = new Description(input, cluster.stateAsString());
            Provisioned provisioned = cluster.provisioned();
            return (provisioned == null
                            ? description.of("serverless", "kafka", null).nodes(0)
                            : described(description, provisioned))
                    .result(cluster.clusterName());
        }
    }

    private Cluster byArn(KafkaClient msk) {
        return msk.describeClusterV2(request -> request.clusterArn(input.id())).clusterInfo();
    }

    /** The provider's filter is a prefix. */
    private Cluster byName(KafkaClient msk) {
        return msk.listClustersV2Paginator(request -> request.clusterNameFilter(input.id())).clusterInfoList().stream()
                .filter(cluster -> input.id().equals(cluster.clusterName()))
                .findFirst()
                .orElseThrow(() -> NotFoundException.builder()
                        .message("no cluster " + input.id())
                        .build());
    }

    private static Description described(Description description, Provisioned provisioned) {
        BrokerSoftwareInfo software = provisioned.currentBrokerSoftwareInfo();
        var nodes = provisioned.brokerNodeGroupInfo();
        boolean encrypted = provisioned.encryptionInfo() != null
                && provisioned.encryptionInfo().encryptionAtRest() != null;
        return description
                .of(
                        nodes == null ? null : nodes.instanceType(),
                        "kafka",
                        software == null ? null : software.kafkaVersion())
                .nodes(provisioned.numberOfBrokerNodes())
                .multiAz(nodes == null ? null : nodes.clientSubnets().size() > 1)
                .encrypted(encrypted ? true : null);
    }
}
