package io.longwatch.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConnectionTest {
    @Test
    void aConnectionIsReadFromConfiguration() throws Exception {
        // When
        var connection = new ObjectMapper(new YAMLFactory())
                .registerModule(new JavaTimeModule())
                .readValue("""
                        url: jdbc:postgresql://db.example.org:5432/events?sslmode=verify-full
                        user: longwatch
                        password: {env: PG_PASSWORD}
                        """, PostgresConnection.class);

        // Then
        assertThat(connection.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(connection.address()).isEqualTo("db.example.org:5432/events");
        assertThat(connection).asString().contains("PG_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ann:s3cret@db/events",
                "jdbc:postgresql://db/events?password=s3cret",
                "jdbc:postgresql://db/events?sslmode=require&user=s3cret",
                "postgres://ann:s3cret@db/events",
                "postgres:ann:s3cret@db/events",
                "jdbc:postgresql://ann:s3/cret@db/events",
            })
    void anAddressWithCredentialsIsRejectedWithoutRepeatingThem(String url) {
        // When / Then
        assertThatThrownBy(() -> new PostgresConnection(url, "ann", null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no credentials")
                .message()
                .doesNotContain("s3");
    }

    @Test
    void anAddressOfAnotherKindSaysHowToWriteIt() {
        // When / Then
        assertThatThrownBy(() -> new PostgresConnection("db:5432", "ann", null, null, null))
                .hasMessageContaining("'db:5432'")
                .hasMessageContaining("jdbc:postgresql://host:5432/database");
    }
}
