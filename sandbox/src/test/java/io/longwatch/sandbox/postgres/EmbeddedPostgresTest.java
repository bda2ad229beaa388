package io.longwatch.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.postgres.PostgresConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest extends PostgresContract {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected PostgresConnection connection() {
        return new PostgresConnection(server.url(), server.user(), null, null, null);
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws Exception {
        // Given
        var another = EmbeddedPostgres.start();
        Path folder;
        try (var connection = another.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            folder = Path.of(row.getString(1));
        }

        // When
        another.close();

        // Then
        assertThat(Files.exists(folder)).isFalse();
        assertThatThrownBy(() -> new Socket("127.0.0.1", another.port()).close())
                .isInstanceOf(ConnectException.class);
    }
}
