package io.longwatch.worker.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.response.Response;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.request.InteractiveEnvelope;
import com.slack.api.socket_mode.response.AckResponse;
import io.longwatch.activities.connection.Secret;
import io.longwatch.plan.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: Slack sends over a socket that the worker opened, so nothing of the worker need be reachable. A Slack that
 * is away is tried again in the background, ever more seldom up to a minute, and keeps nothing else from starting.
 */
final class SlackSocket {
    private static final Logger LOGGER = LoggerFactory.getLogger(SlackSocket.class);
    private static final int OK = 200;
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);
    private static final Duration WHILE_CONNECTED = Duration.ofSeconds(10);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);
    private static final int CHECKS_BEFORE_ANEW = 6;

    private final Slack slack;
    private final Secret appToken;
    private final Receiver receiver;
    private final ScheduledExecutorService thread = Threads.scheduled("longwatch-slack-socket");
    private @Nullable SocketModeClient client;
    private int checks;
    private boolean closed;
    private volatile boolean connected;
    private volatile @Nullable Future<?> nextCheck;

    SlackSocket(Slack slack, Secret appToken, Receiver receiver) {
        this.slack = slack;
        this.appToken = appToken;
        this.receiver = receiver;
    }

    /** Begins to connect. Where Slack answers soon, it has when this returns. */
    void start() {
        Future<?> first = thread.submit(this::tend);
        try {
            first.get(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.atWarn().log("Slack does not answer yet; the worker goes on to try");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Slack's socket is not tended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tend() {
        try {
            connected = isOpen();
        } catch (IOException | RuntimeException e) {
            connected = false;
            LOGGER.atWarn()
                    .addKeyValue("exception", e.getClass().getName())
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("Slack's socket cannot be opened; nothing that is pressed arrives until it can");
        }
        checks = connected ? 0 : checks + 1;
        try {
            nextCheck = thread.schedule(this::tend, next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.atDebug().log("Slack's socket is closed");
        }
    }

    private Duration next() {
        if (connected) {
            return WHILE_CONNECTED;
        }
        Duration later = SOONEST.multipliedBy(1L << Math.min(checks - 1, 10));
        return Durations.min(later, LATEST);
    }

    private boolean isOpen() throws IOException {
        SocketModeClient opened = opened();
        return opened != null && opened.verifyConnection();
    }

    /** The library opens a socket that broke again; where it does not come to it, another client does. */
    private synchronized @Nullable SocketModeClient opened() throws IOException {
        if (closed) {
            return null;
        }
        SocketModeClient known = client;
        if (known != null && checks < CHECKS_BEFORE_ANEW) {
            return known;
        }
        release();
        SocketModeClient made = slack.socketMode(appToken.reveal(), SocketModeClient.Backend.JavaWebSocket);
        client = made;
        checks = 0;
        made.addInteractiveEnvelopeListener(envelope -> received(made, envelope));
        made.connect();
        return made;
    }

    private void received(SocketModeClient from, InteractiveEnvelope envelope) {
        Response response = receiver.answer(envelope.getPayload().toString(), Map.of(), true);
        if (response.getStatusCode() == OK) {
            from.sendSocketModeResponse(new AckResponse(envelope.getEnvelopeId()));
        }
    }

    /** Whether it was at the last check, ten seconds ago at most. */
    boolean isConnected() {
        return connected;
    }

    void close() {
        Future<?> check = nextCheck;
        if (check != null) {
            check.cancel(true);
        }
        thread.shutdownNow();
        connected = false;
        synchronized (this) {
            closed = true;
            release();
        }
    }

    private synchronized void release() {
        SocketModeClient known = client;
        client = null;
        if (known == null) {
            return;
        }
        try {
            known.close();
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("Slack's socket did not close");
        }
    }

    /** What answers a request of Slack's. */
    interface Receiver {
        Response answer(String body, Map<String, List<String>> headers, boolean bySocket);
    }
}
