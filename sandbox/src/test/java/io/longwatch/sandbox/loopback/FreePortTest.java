package io.longwatch.sandbox.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void isAnotherOneEachTimeAndCanBeListenedOn() throws Exception {
        // When
        var ports = Stream.generate(FreePort::find).limit(200).toList();

        // Then
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
        try (ServerSocket socket = new ServerSocket(ports.get(0), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
