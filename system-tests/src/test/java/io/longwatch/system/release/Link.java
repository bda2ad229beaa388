package io.longwatch.system.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server on loopback that can be cut. While it is, connections are refused and those that were open are
 * closed, which is what a client sees of a server that is down. While it is stalled, connections are accepted and what is
 * sent is taken, but nothing arrives on the other side: a server that hangs.
 */
final class Link implements AutoCloseable {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile int target;
    private @Nullable ServerSocket listening;
    private volatile Duration slowness = Duration.ZERO;
    private boolean stalled;

    private Link(ServerSocket listening) {
        this.port = listening.getLocalPort();
        this.listening = listening;
    }

    /** A way to a server that already listens. */
    static Link to(int target) {
        Link link = ahead();
        link.leadTo(target);
        return link;
    }

    /** A way whose end is not known yet, for a server that has to be told where clients find it. */
    static Link ahead() {
        return new Link(listenOn(0));
    }

    void leadTo(int end) {
        target = end;
        accept(listening());
    }

    int port() {
        return port;
    }

    /** Refuses everyone from now on. */
    synchronized void cut() {
        close(listening());
        listening = null;
        open.forEach(Link::close);
        flow();
    }

    /** Lets nothing through from now on, without a word. */
    synchronized void stall() {
        stalled = true;
    }

    /** From now on what is sent arrives so much later. */
    void slow(Duration by) {
        slowness = by;
    }

    private synchronized void flow() {
        stalled = false;
        notifyAll();
    }

    private void awaitFlow() throws IOException {
        try {
            Thread.sleep(slowness.toMillis());
            synchronized (this) {
                while (stalled) {
                    wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Lets everyone through again. */
    synchronized void mend() {
        flow();
        if (listening == null) {
            ServerSocket again = listenOn(port);
            listening = again;
            accept(again);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private synchronized @Nullable ServerSocket listening() {
        return listening;
    }

    private static ServerSocket listenOn(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of loopback cannot be listened on", e);
        }
    }

    private void accept(@Nullable ServerSocket on) {
        if (on != null) {
            begin(() -> {
                while (!on.isClosed()) {
                    join(on.accept());
                }
            });
        }
    }

    private void join(Socket client) {
        open.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            begin(() -> pump(client, server));
            begin(() -> pump(server, client));
        } catch (IOException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[16 * 1024];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitFlow();
                out.write(bytes, 0, count);
            }
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(@Nullable AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a socket of loopback cannot be closed", e);
        }
    }

    private static void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException cutOrEnded) {
                        // The other side sees it too.
                    }
                },
                "link");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
