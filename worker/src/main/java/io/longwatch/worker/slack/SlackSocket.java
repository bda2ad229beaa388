package io.longwatch.worker.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.response.Response;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.request.InteractiveEnvelope;
import com.slack.api.socket_mode.response.AckResponse;
import io.longwatch.activities.connection.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket Mode: Slack sends over a socket that the worker opened, so nothing of the worker need be reachable. */
final class SlackSocket {
    private static final Logger LOGGER = LoggerFactory.getLogger(SlackSocket.class);
    private static final int OK = 200;

    private final Slack slack;
    private final Secret appToken;
    private final Receiver receiver;
    private @Nullable SocketModeClient client;

    SlackSocket(Slack slack, Secret appToken, Receiver receiver) {
        this.slack = slack;
        this.appToken = appToken;
        this.receiver = receiver;
    }

    synchronized void start() throws IOException {
        SocketModeClient opened = slack.socketMode(appToken.reveal(), SocketModeClient.Backend.JavaWebSocket);
        client = opened;
        opened.addInteractiveEnvelopeListener(envelope -> received(opened, envelope));
        opened.connect();
    }

    private void received(SocketModeClient from, InteractiveEnvelope envelope) {
        Response response = receiver.answer(envelope.getPayload().toString(), Map.of(), true);
        if (response.getStatusCode() == OK) {
            from.sendSocketModeResponse(new AckResponse(envelope.getEnvelopeId()));
        }
    }

    synchronized boolean isConnected() {
        return client != null && client.verifyConnection();
    }

    synchronized void close() {
        if (client == null) {
            return;
        }
        try {
            client.close();
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("Slack's socket did not close");
        }
    }

    /** What answers a request of Slack's. */
    interface Receiver {
        Response answer(String body, Map<String, List<String>> headers, boolean bySocket);
    }
}
