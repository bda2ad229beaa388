package io.longwatch.actions.redis;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code redis.ping}. */
public record PingResult(
        @Field(value = "The server's answer", example = "PONG")
        String answer,

        @Field(value = "Time from request to answer", unit = "ms", example = "1")
        long roundTripMillis,

        @Field(value = "The answer and its time", example = "PONG in 1 ms")
        String summary)
        implements ActionResult {}
