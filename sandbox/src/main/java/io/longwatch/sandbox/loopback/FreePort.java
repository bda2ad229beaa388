package io.longwatch.sandbox.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that have to be told theirs ahead. A port that the system picks comes from those it also gives to
 * outgoing connections, one of which may have taken it by the time the server listens; these are below those.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    /** Outgoing connections take theirs from here on, on Linux as it comes; on other systems from higher still. */
    private static final int EPHEMERAL = 32_768;

    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port of loopback on which nothing listens, another one each time.
     *
     * @throws IllegalStateException if there is none
     */
    public static int find() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, EPHEMERAL);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on loopback from " + LOWEST + " to " + (EPHEMERAL - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
