package io.longwatch.actions.cloud;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code cloud.describe}. */
public record DescribeInput(
        @ConnectionName("cloud")
        @Field(value = "Connection of kind cloud; the environment's only one by default", example = "aws")
        @Nullable
        String connection,

        @Field(
                value = "AWS::RDS::DBInstance, AWS::ElastiCache::CacheCluster, AWS::ElastiCache::ReplicationGroup or"
                        + " AWS::MSK::Cluster",
                example = "AWS::RDS::DBInstance")
        ResourceType type,

        @Field(value = "Its name or ARN", example = "biometric-bridge")
        String id) {
    public DescribeInput {
        if (type == null) {
            throw new IllegalArgumentException("type is missing; write one as AWS::RDS::DBInstance");
        }
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is empty; write the resource's name or ARN");
        }
    }
}
