package io.longwatch.sandbox.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Slack on loopback: a small model of one workspace with one app. It keeps channels, threads, messages with
 * their metadata, dialogs, and refuses what Slack refuses: wrong tokens, channels the app is not in, texts and blocks over
 * their limits, late triggers. {@link #click} and {@link #submit} send what Slack sends, over HTTP with its signature or
 * over the socket, and insist on the acknowledgement within three seconds.
 *
 * <p>Not modelled: scopes of tokens, users and their membership, files, reactions, editing or deleting by people, events,
 * {@code response_url}, block types and elements that Longwatch does not use, rate limits other than those asked for with
 * {@link #limitNext}, and the warnings that Slack adds to its answers.
 */
public final class SlackStandIn implements AutoCloseable {
    private static final String API = "/api/";
    private static final int LARGEST = 1 << 20;

    private final String botToken = "xoxb-sandbox-bot";
    private final String appToken = "xapp-sandbox-app";
    private final String signingSecret = "sandbox-signing-secret";
    private final SlackWorkspace workspace;
    private final SlackViews views = new SlackViews();
    private final SlackMethods methods;
    private final SlackDelivery delivery = new SlackDelivery(signingSecret);
    private final SlackSocketServer socket = new SlackSocketServer();
    private final String socketUrl;
    private final Map<String, Duration> limited = new ConcurrentHashMap<>();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slack-stand-in");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable URI receiver;

    private SlackStandIn(Clock clock) throws IOException {
        workspace = new SlackWorkspace(clock);
        methods = new SlackMethods(workspace, views);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(API, this::handle);
        socketUrl = socket.open();
        server.start();
    }

    /** Starts one; messages carry the given clock's time. */
    public static SlackStandIn start(Clock clock) throws IOException {
        return new SlackStandIn(clock);
    }

    /** Where its Web API is. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + API);
    }

    /** Token of the app's bot. */
    public String botToken() {
        return botToken;
    }

    /** Token for Socket Mode. */
    public String appToken() {
        return appToken;
    }

    /** Secret by which requests to the app are signed. */
    public String signingSecret() {
        return signingSecret;
    }

    /** Opens a channel with the app as a member and answers its id. */
    public String channel(String name) {
        return workspace.add(name, true, false).id();
    }

    /** Opens a channel without the app. */
    public String foreignChannel(String name) {
        return workspace.add(name, false, false).id();
    }

    /** Opens a channel that is archived. */
    public String archivedChannel(String name) {
        return workspace.add(name, true, true).id();
    }

    /** Where presses are sent, unless an app is connected by socket. */
    public void receiver(URI address) {
        receiver = address;
    }

    /** All messages, in the order they were posted, as they read now. */
    public List<Shown> messages() {
        return workspace.all();
    }

    /** What one person alone was told, in order. */
    public List<String> toldTo(String user) {
        return workspace.whispers().stream()
                .filter(whisper -> whisper.user().equals(user))
                .map(SlackWorkspace.Whisper::text)
                .toList();
    }

    /** Whether an app is connected by socket. */
    public boolean isConnected() {
        return socket.isConnected();
    }

    /** The next call of a method is answered with 429 and that delay. */
    public void limitNext(String method, Duration retryAfter) {
        limited.put(method, retryAfter);
    }

    /** The next call of a method does its work, and its answer is lost: 500. */
    public void loseNextAnswer(String method) {
        failing.put(method, method);
    }

    /**
     * Someone presses a button.
     *
     * @return the status by which the app acknowledged; 200 by socket
     * @throws NoButton if the message has no such button, or no longer
     * @throws IllegalStateException if the app does not acknowledge in time
     */
    public int click(String user, Shown message, String actionId) {
        Shown now = workspace.get(message.channel(), message.id(), "message_not_found");
        JsonNode button = now.button(actionId);
        if (button.isMissingNode()) {
            throw new NoButton("message " + now.id() + " has no button " + actionId + "; it has " + now.buttons());
        }
        return send(SlackPayloads.press(user, workspace.byId(message.channel()), now, button, views.trigger(user)));
    }

    /** What is to be pressed is not there: another has answered, for one. */
    public static final class NoButton extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NoButton(String message) {
            super(message);
        }
    }

    /** The headline of the dialog that someone sees, if there is one. */
    public Optional<String> dialogOf(String user) {
        return views.of(user).map(view -> view.path("title").path("text").asText());
    }

    /** Someone writes into the dialog they see and sends it. */
    public int submit(String user, String words) {
        ObjectNode view = views.of(user).orElseThrow(() -> new IllegalStateException(user + " sees no dialog"));
        int status = send(SlackPayloads.submission(user, view, words));
        views.close(view);
        return status;
    }

    private int send(ObjectNode payload) {
        if (socket.isConnected()) {
            socket.send(payload);
            return 200;
        }
        URI to = receiver;
        if (to == null) {
            throw new IllegalStateException("nobody receives what is pressed");
        }
        return delivery.send(to, payload);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring(API.length());
        String body = new String(exchange.getRequestBody().readNBytes(LARGEST), UTF_8);
        Duration retryAfter = limited.remove(method);
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfter.toSeconds()));
            answer(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
            return;
        }
        ObjectNode result = result(method, exchange.getRequestHeaders().getFirst("Authorization"), form(body));
        boolean lost = failing.remove(method) != null;
        answer(exchange, lost ? 500 : 200, lost ? "" : result.toString());
    }

    private ObjectNode result(String method, @Nullable String authorization, Map<String, String> arguments) {
        try {
            boolean opensSocket = method.equals("apps.connections.open");
            authorize(authorization, opensSocket ? appToken : botToken);
            return opensSocket
                    ? JsonNodeFactory.instance.objectNode().put("ok", true).put("url", socketUrl)
                    : methods.call(method, arguments);
        } catch (SlackRefusal refusal) {
            return refused(refusal);
        }
    }

    private static ObjectNode refused(SlackRefusal refusal) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("ok", false).put("error", refusal.error());
        if (!refusal.messages().isEmpty()) {
            var errors = answer.putArray("errors");
            var messages = answer.putObject("response_metadata").putArray("messages");
            refusal.messages().forEach(message -> {
                errors.add(message);
                messages.add("[ERROR] " + message);
            });
        }
        return answer;
    }

    private static void authorize(@Nullable String authorization, String token) {
        if (authorization == null || authorization.isBlank()) {
            throw new SlackRefusal("not_authed");
        }
        if (!authorization.equals("Bearer " + token)) {
            throw new SlackRefusal("invalid_auth");
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> arguments = new HashMap<>();
        for (String pair : List.of(body.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                arguments.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return arguments;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            socket.stop(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
