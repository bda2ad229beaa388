package io.longwatch.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.kafka.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
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
        var another = KafkaBroker.start();
        assertThat(another.folder()).isNotEmptyDirectory();

        // When
        another.close();
        another.close();

        // Then
        assertThat(another.folder()).doesNotExist();
    }

    @Test
    void aTakenPortIsAnErrorAndNotTheEndOfTheProcess() throws IOException {
        // Given
        var another = KafkaBroker.start();
        another.stop();
        int port = URI.create("kafka://" + another.bootstrapServers()).getPort();

        // When / Then
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(another::restart).as("on %s", taken).isInstanceOf(RuntimeException.class);
        }
        another.close();
    }
}
