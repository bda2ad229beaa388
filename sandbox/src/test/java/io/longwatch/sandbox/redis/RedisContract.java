package io.longwatch.sandbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.redis.InfoInput;
import io.longwatch.actions.redis.PingInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.redis.RedisActions;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.contract.StepRef;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the actions ask of any Redis server: run on the sandbox's, and wherever else one is to be had. */
public abstract class RedisContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "redis");
    private RedisActions actions;

    protected abstract RedisConnection connection();

    @BeforeEach
    final void open() {
        var connections = new Connections("production", Map.of("cache", connection()), Map.of());
        actions = new RedisActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    @Test
    void pingAnswers() {
        // When / Then
        assertThat(actions.ping(STEP, new PingInput("cache")).answer()).isEqualTo("PONG");
    }

    @Test
    void infoGivesRoleAndFreeMemory() {
        // When
        var info = actions.info(STEP, new InfoInput(null));

        // Then
        assertThat(info.role()).isEqualTo("master");
        assertThat(info.usedMemoryBytes()).isPositive();
        assertThat(info.freeMemoryBytes()).isPositive();
    }
}
