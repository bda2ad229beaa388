package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The far end of Socket Mode: sends envelopes to the app that connected and waits for their acknowledgement. */
final class SlackSocketServer extends WebSocketServer {
    private final Map<String, CompletableFuture<Void>> unacknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable WebSocket app;

    SlackSocketServer() {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        setReuseAddr(true);
        setDaemon(true);
    }

    /** Begins to listen and answers where. */
    String open() {
        start();
        try {
            if (!started.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the socket's server did not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return "ws://127.0.0.1:" + getPort() + "/link";
    }

    boolean isConnected() {
        WebSocket connected = app;
        return connected != null && connected.isOpen();
    }

    /** Sends a payload and waits until it is acknowledged. */
    void send(ObjectNode payload) {
        WebSocket connected = app;
        if (connected == null) {
            throw new IllegalStateException("no app is connected");
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        unacknowledged.put(id, acknowledged);
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("type", "interactive").put("envelope_id", id).put("accepts_response_payload", true);
        envelope.set("payload", payload);
        connected.send(envelope.toString());
        try {
            acknowledged.get(SlackDelivery.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the app did not acknowledge in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onOpen(WebSocket connected, ClientHandshake handshake) {
        app = connected;
        connected.send("{\"type\":\"hello\",\"num_connections\":1}");
    }

    @Override
    public void onMessage(WebSocket connected, String message) {
        try {
            String id = Json.mapper().readTree(message).path("envelope_id").asText();
            CompletableFuture<Void> waiting = unacknowledged.remove(id);
            if (waiting != null) {
                waiting.complete(null);
            }
        } catch (JsonProcessingException e) {
            connected.close();
        }
    }

    @Override
    public void onClose(WebSocket connected, int code, String reason, boolean remote) {
        if (connected.equals(app)) {
            app = null;
        }
    }

    @Override
    public void onError(@Nullable WebSocket connected, Exception e) {
        // A connection that breaks is closed by the library; onClose follows.
    }
}
