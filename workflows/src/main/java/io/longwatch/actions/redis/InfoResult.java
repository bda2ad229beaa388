package io.longwatch.actions.redis;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code redis.info}. */
public record InfoResult(
        @Field(value = "Server version", example = "7.0.15") String version,

        @Field(value = "master or slave, as the server says it", example = "master")
        String role,

        @Field(value = "Memory in use", unit = "bytes", example = "1048576")
        long usedMemoryBytes,

        @Field(value = "Configured limit, 0 for none", unit = "bytes", example = "13958643712")
        long maxMemoryBytes,

        @Field(
                value =
                        "Limit, or the system's memory where there is none, minus what is in use; 0 where neither is told",
                unit = "bytes",
                example = "13957595136")
        long freeMemoryBytes,

        @Field(value = "Clients connected", example = "3") long connectedClients,

        @Field(value = "Keys evicted since the server started", example = "0")
        long evictedKeys,

        @Field(value = "Free and used memory", example = "13.0 GiB free, 1.0 MiB used")
        String summary)
        implements ActionResult {}
