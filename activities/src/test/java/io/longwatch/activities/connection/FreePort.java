package io.longwatch.activities.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback for servers that are told theirs ahead: below those that outgoing connections take. */
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int EPHEMERAL = 32_768;

    private FreePort() {}

    /** A port on which nothing listens now. */
    public static int find() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, EPHEMERAL);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another is tried.
            }
        }
        throw new IllegalStateException("no free port on loopback");
    }
}
