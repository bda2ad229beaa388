package io.longwatch.sandbox.cloud;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Resources as AWS writes them. */
final class Documents {
    private static final String DOMAIN = ".sandbox.example.org";

    private Documents() {}

    static String of(Collection<CloudStandIn.Database> databases) {
        return element(
                "DBInstances", databases.stream().map(Documents::database).collect(joining()));
    }

    private static String database(CloudStandIn.Database database) {
        return element(
                "DBInstance",
                element("DBInstanceIdentifier", database.id())
                        + element("DBInstanceStatus", database.status())
                        + element("DBInstanceClass", database.instanceClass())
                        + element("Engine", database.engine())
                        + element("EngineVersion", database.engineVersion())
                        + element("MultiAZ", String.valueOf(database.multiAz()))
                        + element("StorageEncrypted", "true")
                        + element("Endpoint", address(database.id(), 5432)));
    }

    static String of(CloudStandIn.Cache cache) {
        String nodes = element("CacheNode", element("Endpoint", address(cache.id(), 6379)));
        return element(
                "CacheClusters",
                element(
                        "CacheCluster",
                        element("CacheClusterId", cache.id())
                                + element("CacheClusterStatus", cache.status())
                                + element("CacheNodeType", cache.nodeType())
                                + element("Engine", cache.engine())
                                + element("EngineVersion", cache.engineVersion())
                                + element("NumCacheNodes", String.valueOf(cache.nodes()))
                                + element("AtRestEncryptionEnabled", "true")
                                + element("CacheNodes", nodes)));
    }

    static String of(CloudStandIn.ReplicationGroup group) {
        StringBuilder members = new StringBuilder();
        for (int i = 1; i <= group.members(); i++) {
            members.append(element("ClusterId", group.id() + "-00" + i));
        }
        String nodes = element("NodeGroup", element("PrimaryEndpoint", address(group.id(), 6379)));
        return element(
                "ReplicationGroups",
                element(
                        "ReplicationGroup",
                        element("ReplicationGroupId", group.id())
                                + element("Status", group.status())
                                + element("CacheNodeType", group.nodeType())
                                + element("MultiAZ", group.multiAz() ? "enabled" : "disabled")
                                + element("AtRestEncryptionEnabled", "true")
                                + element("MemberClusters", members.toString())
                                + element("NodeGroups", nodes)));
    }

    static Map<String, Object> of(CloudStandIn.Broker broker) {
        return Map.of(
                "clusterArn",
                broker.arn(),
                "clusterName",
                broker.name(),
                "clusterType",
                "PROVISIONED",
                "state",
                broker.state(),
                "provisioned",
                Map.of(
                        "brokerNodeGroupInfo",
                        Map.of("instanceType", broker.instanceType(), "clientSubnets", List.of("subnet-a", "subnet-b")),
                        "currentBrokerSoftwareInfo",
                        Map.of("kafkaVersion", broker.kafkaVersion()),
                        "encryptionInfo",
                        Map.of("encryptionAtRest", Map.of("dataVolumeKMSKeyId", "alias/aws/kafka")),
                        "numberOfBrokerNodes",
                        broker.brokers()));
    }

    private static String address(String id, int port) {
        return element("Address", id + DOMAIN) + element("Port", String.valueOf(port));
    }

    /** An element whose content is markup or text; text of the stand-in's own making holds no markup. */
    private static String element(String name, String content) {
        return "<" + name + ">" + (content.startsWith("<") ? content : escaped(content)) + "</" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
