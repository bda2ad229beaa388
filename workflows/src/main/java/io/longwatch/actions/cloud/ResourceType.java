package io.longwatch.actions.cloud;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kind of resource, by the name that CloudFormation gives it. */
public enum ResourceType {
    @JsonProperty("AWS::RDS::DBInstance")
    RDS_DB_INSTANCE("AWS::RDS::DBInstance"),
    @JsonProperty("AWS::ElastiCache::CacheCluster")
    ELASTICACHE_CACHE_CLUSTER("AWS::ElastiCache::CacheCluster"),
    @JsonProperty("AWS::ElastiCache::ReplicationGroup")
    ELASTICACHE_REPLICATION_GROUP("AWS::ElastiCache::ReplicationGroup"),
    @JsonProperty("AWS::MSK::Cluster")
    MSK_CLUSTER("AWS::MSK::Cluster");

    private final String written;

    ResourceType(String written) {
        this.written = written;
    }

    /** The name as plans and results write it. */
    public String written() {
        return written;
    }
}
