package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One forwarded connection in the protocol {@code v4.channel.k8s.io}: each message starts with its channel, 0 for data and
 * 1 for errors; the first on each names the port.
 */
final class PortForward {
    private static final byte DATA = 0;
    private static final byte ERROR = 1;

    private final ServerWebSocket client;
    private final int port;

    private PortForward(ServerWebSocket client, int port) {
        this.client = client;
        this.port = port;
    }

    /** Where a port of a pod is really served, if the model says so. */
    static Optional<InetSocketAddress> addressOf(PodModel model, ObjectNode pod, int port) {
        return Tree.items(pod, "spec", "containers")
                .map(container -> model.behaviourOf(PodController.containerOf(pod, container)))
                .flatMap(behaviour -> Optional.ofNullable(behaviour.addresses().get(port)).stream())
                .findFirst();
    }

    static ApiError notRunning(ObjectNode pod) {
        return ApiError.of(
                500,
                "InternalError",
                "unable to forward port because pod is not running. Current status="
                        + Tree.text(pod, "status", "phase"));
    }

    static void open(ServerWebSocket client, int port, Optional<InetSocketAddress> address, NetClient network) {
        PortForward forward = new PortForward(client, port);
        client.pause();
        forward.announce();
        if (address.isEmpty()) {
            forward.fail("nothing listens on port " + port + ": connection refused");
            return;
        }
        network.connect(SocketAddress.inetSocketAddress(address.get()))
                .onSuccess(forward::join)
                .onFailure(e -> forward.fail("connecting to port " + port + " failed: " + e.getMessage()));
    }

    private void announce() {
        for (byte channel : new byte[] {DATA, ERROR}) {
            client.writeBinaryMessage(
                    Buffer.buffer().appendByte(channel).appendByte((byte) port).appendByte((byte) (port >> 8)));
        }
    }

    private void join(NetSocket server) {
        server.handler(data -> {
            client.writeBinaryMessage(Buffer.buffer().appendByte(DATA).appendBuffer(data));
            if (client.writeQueueFull()) {
                server.pause();
                client.drainHandler(ready -> server.resume());
            }
        });
        server.closeHandler(end -> client.close());
        client.binaryMessageHandler(message -> {
            if (message.length() > 1 && message.getByte(0) == DATA) {
                server.write(message.getBuffer(1, message.length()));
            }
        });
        client.closeHandler(end -> server.close());
        client.resume();
    }

    private void fail(String why) {
        byte[] message = why.getBytes(StandardCharsets.UTF_8);
        client.writeBinaryMessage(Buffer.buffer().appendByte(ERROR).appendBytes(message));
        client.close();
    }
}
