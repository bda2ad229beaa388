package io.longwatch.actions.cloud;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Result of {@code cloud.describe}. What the provider does not say is absent. */
public record DescribeResult(
        @Field(value = "Kind of resource", example = "AWS::RDS::DBInstance")
        String type,

        @Field(value = "Its name", example = "biometric-bridge")
        String id,

        @Field(
                value =
                        "Status as the provider writes it: available (RDS, ElastiCache) or ACTIVE (MSK) when in service",
                example = "available")
        String status,

        @Field(value = "Class of its instances or nodes", example = "db.r5.xlarge") @Nullable
        String instanceClass,

        @Field(value = "Engine", example = "postgres") @Nullable
        String engine,

        @Field(value = "Version of the engine", example = "16.4") @Nullable
        String engineVersion,

        @Field(value = "Number of its instances, nodes or brokers", example = "1")
        int nodes,

        @Field(value = "Address that clients use, host:port", example = "db.example.org:5432") @Nullable
        String endpoint,

        @Field(value = "Whether it spans availability zones", example = "true") @Nullable
        Boolean multiAz,

        @Field(value = "Whether what it stores is encrypted", example = "true") @Nullable
        Boolean storageEncrypted,

        @Field(value = "Status, class and size", example = "available: db.r5.xlarge, postgres 16.4, 1 node")
        String summary)
        implements ActionResult {}
