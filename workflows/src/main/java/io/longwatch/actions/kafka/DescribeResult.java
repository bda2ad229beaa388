package io.longwatch.actions.kafka;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Result of {@code kafka.describe}. */
public record DescribeResult(
        @Field(value = "Id of the cluster", example = "5L6g3nShT-eMCtK--X86sw")
        String clusterId,

        @Field(value = "Brokers that are up", example = "3") int brokers,

        @Field(value = "Broker that is named as controller; null if none is", example = "1") @Nullable
        Integer controller,

        @Field(value = "Partitions of the topic; null if none was asked for", example = "6") @Nullable
        Integer partitions,

        @Field(value = "Smallest number of replicas of its partitions; null if no topic was asked for", example = "3")
        @Nullable
        Integer replicationFactor,

        @Field(
                value = "Partitions with fewer replicas in sync than assigned; null if no topic was asked for",
                example = "0")
        @Nullable
        Integer underReplicated,

        @Field(value = "Brokers, and the topic's partitions", example = "3 brokers; biometric-events: 6 partitions x 3")
        String summary)
        implements ActionResult {}
