package io.longwatch.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest extends KafkaContract {
    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() throws IOException {
        broker.close();
    }

    @Override
    protected KafkaConnection connection() {
        return new KafkaConnection(broker.bootstrapServers(), null, null, null);
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        // Given
        var before = folders();
        var another = KafkaBroker.start();
        var whileOpen = folders();

        // When
        another.close();
        another.close();

        // Then
        assertThat(whileOpen).hasSize(before.size() + 1);
        assertThat(folders()).isEqualTo(before);
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("longwatch-kafka"))
                    .sorted()
                    .toList();
        }
    }
}
