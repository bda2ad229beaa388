package io.longwatch.activities.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.redis.InfoInput;
import io.longwatch.actions.redis.PingInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

class RedisActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "redis");

    @TempDir
    Path folder;

    private static RedisServer server;
    private static int port;

    @BeforeAll
    static void startServer() throws IOException {
        port = FreePort.find();
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("maxmemory 6gb")
                .build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://ann:s3cret@cache:6379",
                "http://ann:s3cret@cache:6379",
                "redis://ann:s3cret@the_cache:6379",
                "redis:ann:s3cret@cache",
                "redis://ann:s3cret@cache/no-number"
            })
    void anAddressWithCredentialsIsRefusedWithoutRepeatingThem(String uri) {
        // When / Then
        assertThatThrownBy(() -> new RedisConnection(URI.create(uri), null, null, null))
                .hasMessageContaining("holds no credentials; write user: and password:")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void pingAnswersPong() {
        // When
        var result = actions(port).ping(STEP, new PingInput("cache"));

        // Then
        assertThat(result.answer()).isEqualTo("PONG");
        assertThat(result.summary()).startsWith("PONG in ");
    }

    @Test
    void freeMemoryIsTheLimitMinusWhatIsUsed() {
        // When
        var result = actions(port).info(STEP, new InfoInput(null));

        // Then
        assertThat(result.maxMemoryBytes()).isEqualTo(6L << 30);
        assertThat(result.freeMemoryBytes()).isEqualTo(result.maxMemoryBytes() - result.usedMemoryBytes());
        assertThat(result.role()).isEqualTo("master");
    }

    @Test
    void theDatabaseOfTheAddressIsSelected() {
        // Given
        var missing = new RedisConnection(URI.create("redis://127.0.0.1:" + port + "/99"), null, null, null);

        // When / Then
        assertThatThrownBy(() -> actions(missing).ping(STEP, new PingInput(null)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.INVALID);
                    assertThat(failure.getOriginalMessage()).contains("DB index is out of range");
                });
    }

    @Test
    void aServerThatIsDownIsUnavailableAndRetried() throws IOException {
        // Given
        var actions = actions(FreePort.find());

        // When / Then
        assertThatThrownBy(() -> actions.ping(STEP, new PingInput(null)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void aPasswordForAServerThatHasNoneIsDeniedAndNotTriedAgain() throws IOException {
        // Given
        Secret password = Secret.ofFile(Files.writeString(folder.resolve("password"), "correct horse"));
        var connection = new RedisConnection(URI.create("redis://127.0.0.1:" + port), null, password, null);

        // When / Then
        assertThatThrownBy(() -> actions(connection).ping(STEP, new PingInput(null)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.DENIED);
                    assertThat(failure.getOriginalMessage())
                            .contains("takes no password")
                            .doesNotContain("horse");
                });
    }

    @Test
    void anUnknownConnectionIsFinalAndNamesTheKnownOnes() {
        // When / Then
        assertThatThrownBy(() -> actions(port).ping(STEP, new PingInput("cash")))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("'cash'").contains("cache (redis)");
                });
    }

    private static RedisActions actions(int port) {
        return actions(new RedisConnection(URI.create("redis://127.0.0.1:" + port), null, null, null));
    }

    private static RedisActions actions(RedisConnection connection) {
        var connections = new Connections("production", Map.of("cache", connection), Map.of());
        return new RedisActions(ActionContext.of(connections, Clock.systemUTC()));
    }
}
