package io.longwatch.actions.redis;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Reads from a Redis server or cluster endpoint. Every method is idempotent.
 *
 * <p>Fails with {@code Unavailable} (retried) when the server cannot be reached or is loading, {@code Denied} when it
 * refuses the credentials, {@code Failed} when its certificate is not trusted or is another host's, {@code
 * InvalidInput} when no such connection is configured.
 */
@ActionSystem(name = "redis", title = "Redis")
@ActivityInterface
public interface RedisActivities {

    /** Sends PING and measures the answer. */
    @Action(
            title = "Ping Redis",
            description = "Sends PING with the connection's credentials and expects PONG.",
            attempt = "PT15S",
            example = "{connection: cache}")
    @ActivityMethod(name = "redis.ping")
    PingResult ping(StepRef step, PingInput input);

    /** Reads the server's INFO: version, role, memory. */
    @Action(
            title = "Read Redis memory and role",
            description = "Reads INFO. Free memory is maxmemory minus used_memory, as both stand there; without a"
                    + " maxmemory it is the system's total memory minus used_memory.",
            attempt = "PT15S",
            example = "{connection: cache}")
    @ActivityMethod(name = "redis.info")
    InfoResult info(StepRef step, InfoInput input);
}
