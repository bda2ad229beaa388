package io.longwatch.sandbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.redis.RedisConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisServerTest extends RedisContract {
    private static RedisServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = RedisServer.start("6gb");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected RedisConnection connection() {
        return new RedisConnection(server.uri(), null, null, null);
    }

    @Test
    void nothingListensWhenItIsClosed() throws IOException {
        // Given
        var another = RedisServer.start("1gb");

        // When
        another.close();

        // Then
        assertThat(another.uri().getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new Socket("127.0.0.1", another.uri().getPort()).close())
                .isInstanceOf(ConnectException.class);
    }
}
