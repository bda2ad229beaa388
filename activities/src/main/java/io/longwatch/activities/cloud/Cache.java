package io.longwatch.activities.cloud;

import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheClusterNotFoundException;
import software.amazon.awssdk.services.elasticache.model.Endpoint;
import software.amazon.awssdk.services.elasticache.model.MultiAZStatus;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;

/** A cluster or a replication group of ElastiCache. */
final class Cache {
    private final Clients clients;
    private final DescribeInput input;

    Cache(Clients clients, DescribeInput input) {
        this.clients = clients;
        this.input = input;
    }

    DescribeResult cluster() {
        try (ElastiCacheClient client = clients.client(ElastiCacheClient.builder())) {
            CacheCluster cluster = client
                    .describeCacheClusters(
                            request -> request.cacheClusterId(name()).showCacheNodeInfo(true))
                    .cacheClusters()
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> CacheClusterNotFoundException.builder()
                            .message("no cluster " + input.id())
                            .build());
            Endpoint endpoint = endpoint(cluster);
            return new Description(input, cluster.cacheClusterStatus())
                    .of(cluster.cacheNodeType(), cluster.engine(), cluster.engineVersion())
                    .nodes(cluster.numCacheNodes())
                    .at(endpoint == null ? null : endpoint.address(), endpoint == null ? null : endpoint.port())
                    .multiAz("Multiple".equals(cluster.preferredAvailabilityZone()))
                    .encrypted(cluster.atRestEncryptionEnabled())
                    .result(cluster.cacheClusterId());
        }
    }

    private static @Nullable Endpoint endpoint(CacheCluster cluster) {
        return cluster.configurationEndpoint() != null || cluster.cacheNodes().isEmpty()
                ? cluster.configurationEndpoint()
                : cluster.cacheNodes().get(0).endpoint();
    }

    DescribeResult replicationGroup() {
        try (ElastiCacheClient client = clients.client(ElastiCacheClient.builder())) {
            ReplicationGroup group = client
                    .describeReplicationGroups(request -> request.replicationGroupId(name()))
                    .replicationGroups()
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> ReplicationGroupNotFoundException.builder()
                            .message("no replication group " + input.id())
                            .build());
            Endpoint endpoint = endpoint(group);
            return new Description(input, group.status())
                    .of(group.cacheNodeType(), group.engine(), null)
                    .nodes(group.memberClusters().size())
                    .at(endpoint == null ? null : endpoint.address(), endpoint == null ? null : endpoint.port())
                    .multiAz(group.multiAZ() == null ? null : group.multiAZ() == MultiAZStatus.ENABLED)
                    .encrypted(group.atRestEncryptionEnabled())
                    .result(group.replicationGroupId());
        }
    }

    private static @Nullable Endpoint endpoint(ReplicationGroup group) {
        Optional<Endpoint> primary = group.nodeGroups().stream().findFirst().map(NodeGroup::primaryEndpoint);
        return group.configurationEndpoint() == null ? primary.orElse(null) : group.configurationEndpoint();
    }

    /** ElastiCache takes names only; the name is the last part of an ARN. */
    private String name() {
        return input.id().startsWith("arn:") ? input.id().substring(input.id().lastIndexOf(':') + 1) : input.id();
    }
}
