package io.longwatch.actions.redis;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code redis.info}. */
public record InfoInput(
        @Field(value = "Connection of kind redis; the environment's only one by default", example = "cache") @Nullable
        String connection) {}
