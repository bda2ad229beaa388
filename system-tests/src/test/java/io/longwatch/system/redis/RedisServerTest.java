package io.longwatch.system.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.redis.InfoInput;
import io.longwatch.actions.redis.PingInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.redis.RedisActions;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.redis.RedisContract;
import io.longwatch.system.parts.RedisServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The contract on Debian's Redis 7, and what only a server that can be locked, killed and filled shows. */
@Timeout(300)
class RedisServerTest extends RedisContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "redis");

    @TempDir
    static Path folder;

    private static RedisServer open;

    @TempDir
    Path own;

    @BeforeAll
    static void startServer() {
        open = RedisServer.start(folder);
    }

    @AfterAll
    static void stopServer() {
        open.close();
    }

    @Override
    protected RedisConnection connection() {
        return new RedisConnection(open.uri(), null, null, null);
    }

    @Test
    void aServerWithoutALimitCountsTheMachinesMemory() {
        // When
        var info = actions(open.uri(), null, null).info(STEP, new InfoInput(null));

        // Then
        assertThat(info.maxMemoryBytes()).isZero();
        assertThat(info.freeMemoryBytes()).isGreaterThan(1L << 20);
    }

    @Test
    void aPasswordOpensAndAWrongOneOrNoneIsDenied() throws IOException {
        // Given
        Path right = Files.writeString(own.resolve("right"), "correct horse");
        Path wrong = Files.writeString(own.resolve("wrong"), "battery staple");
        try (RedisServer locked = RedisServer.start(own, "--requirepass", "correct horse")) {
            // When
            var answer = actions(locked.uri(), null, right).ping(STEP, new PingInput(null));
            var refusal = failure(() -> actions(locked.uri(), null, wrong).ping(STEP, new PingInput(null)));
            var silence = failure(() -> actions(locked.uri(), null, null).ping(STEP, new PingInput(null)));

            // Then
            assertThat(answer.answer()).isEqualTo("PONG");
            assertThat(refusal.getType()).isEqualTo(Failures.DENIED);
            assertThat(refusal.isNonRetryable()).isTrue();
            assertThat(refusal.getOriginalMessage()).doesNotContain("battery staple");
            assertThat(silence.getType()).isEqualTo(Failures.DENIED);
        }
    }

    @Test
    void aPasswordForAServerThatHasNoneIsDenied() throws IOException {
        // Given
        Path password = Files.writeString(own.resolve("password"), "correct horse");

        // When
        var refusal = failure(() -> actions(open.uri(), null, password).ping(STEP, new PingInput(null)));

        // Then
        assertThat(refusal.getType()).isEqualTo(Failures.DENIED);
    }

    @Test
    void aUserWhoMayPingAndNoMoreIsDeniedTheRest() throws IOException {
        // Given
        Path password = Files.writeString(own.resolve("password"), "pw");
        try (RedisServer locked = RedisServer.start(own, "--user", "watch", "on", ">pw", "+ping")) {
            var watch = actions(locked.uri(), "watch", password);

            // When
            var answer = watch.ping(STEP, new PingInput(null));
            var refusal = failure(() -> watch.info(STEP, new InfoInput(null)));

            // Then
            assertThat(answer.answer()).isEqualTo("PONG");
            assertThat(refusal.getType()).isEqualTo(Failures.DENIED);
        }
    }

    @Test
    void aServerThatIsDownIsTriedAgainAndAnswersWhenItIsBack() {
        // Given
        try (RedisServer server = RedisServer.start(own)) {
            var actions = actions(server.uri(), null, null);
            server.kill();

            // When
            var down = failure(() -> actions.ping(STEP, new PingInput(null)));
            server.restart();
            var back = actions.ping(STEP, new PingInput(null));

            // Then
            assertThat(down.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(down.isNonRetryable()).isFalse();
            assertThat(back.answer()).isEqualTo("PONG");
        }
    }

    @Test
    void whatIsNoRedisOrNeverAnswersIsUnavailableInTime() throws IOException {
        // Given: it accepts and says nothing
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("redis://127.0.0.1:" + silent.getLocalPort());

            // When
            var failure = failure(() -> actions(uri, null, null).ping(STEP, new PingInput(null)));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        }
    }

    @Test
    void aServerThatTakesNoMoreClientsIsTriedAgain() {
        // Given
        try (RedisServer full = RedisServer.start(own, "--maxclients", "1")) {
            try (Jedis first = new Jedis(full.uri())) {
                await("the only client").until(() -> answers(first));

                // When
                var failure = failure(() -> actions(full.uri(), null, null).ping(STEP, new PingInput(null)));

                // Then
                assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
            }
        }
    }

    private static boolean answers(Jedis client) {
        try {
            return client.ping().equals("PONG");
        } catch (JedisException e) {
            client.disconnect();
            return false;
        }
    }

    private static RedisActions actions(URI uri, @Nullable String user, @Nullable Path password) {
        Secret secret = password == null ? null : Secret.ofFile(password);
        var connection = new RedisConnection(uri, user, secret, Duration.ofSeconds(2));
        var connections = new Connections("production", Map.of("cache", connection), Map.of());
        return new RedisActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, action);
        assertThat(failure).as("it should have failed").isNotNull();
        return failure;
    }
}
