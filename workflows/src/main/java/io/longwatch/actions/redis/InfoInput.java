package io.longwatch.actions.redis;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code redis.info}. */
public record InfoInput(
        @ConnectionName("redis")
        @Field(value = "Connection of kind redis; the environment's only one by default", example = "cache")
        @Nullable
        String connection) {}
