package io.longwatch.sandbox.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Stands before the HTTP server and answers a TLS greeting with a plain 400, as registries do. The JDK's server would
 * wait for the end of a line that never comes, and so would a client that tries TLS first.
 */
final class Front implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final String BAD_REQUEST =
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int behind;
    private final ExecutorService threads;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    /** Serves until it is closed, on threads of its own that end with it. */
    Front(int behind, ExecutorService threads) throws IOException {
        this.behind = behind;
        this.threads = threads;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client);
        try (client) {
            var in = new PushbackInputStream(client.getInputStream());
            int first = in.read();
            if (first == TLS_HANDSHAKE) {
                client.getOutputStream().write(BAD_REQUEST.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            } else if (first >= 0) {
                in.unread(first);
                connect(client, in);
            }
        } catch (IOException hungUp) {
            // The client went away, as clients may.
        } finally {
            clients.remove(client);
        }
    }

    private void connect(Socket client, InputStream requests) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> answer(server, client));
            requests.transferTo(server.getOutputStream());
        }
    }

    private static void answer(Socket server, Socket client) {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException hungUp) {
            // One of both went away; closing the client ends the other direction as well.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
