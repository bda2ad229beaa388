package io.longwatch.worker.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.slack.api.Slack;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.longwatch.activities.announce.Answer;
import io.longwatch.activities.slack.SlackApi;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what people press in Slack: over HTTP with Slack's signature, or by Socket Mode with an app token. It is
 * acknowledged at once, well within Slack's three seconds, and dealt with afterwards.
 */
public final class SlackReceiver implements AutoCloseable {
    /** Where Slack sends to, over HTTP. */
    public static final String PATH = "/slack/events";

    private static final Logger LOGGER = LoggerFactory.getLogger(SlackReceiver.class);
    private static final int LARGEST_BODY = 1 << 20;
    private static final Pattern ANSWERS = Pattern.compile(Pattern.quote(Answer.ACTION) + ".*");

    private final Desk desk;
    private final App app;
    private final SlackRequestParser parser;
    private final @Nullable SlackSocket socket;
    private final SlackSignature.@Nullable Verifier signatures;

    public SlackReceiver(WorkerConfig config, WorkflowClient client, Clock clock) {
        WorkerConfig.SlackApp slackApp = Objects.requireNonNull(config.slack());
        desk = Desk.of(config, new SlackApi(slackApp.connection()), client, clock);
        Slack slack = Slack.getInstance(SlackApi.configOf(slackApp.connection()));
        AppConfig settings = settings(slackApp, slack);
        app = answering(new App(settings));
        parser = new SlackRequestParser(settings);
        signatures = slackApp.signingSecret() == null
                ? null
                : new SlackSignature.Verifier(new SlackSignature.Generator(settings.getSigningSecret()));
        socket = slackApp.appToken() == null ? null : new SlackSocket(slack, slackApp.appToken(), this::answer);
    }

    private static AppConfig settings(WorkerConfig.SlackApp slackApp, Slack slack) {
        AppConfig settings = new AppConfig();
        settings.setSlack(slack);
        settings.setSingleTeamBotToken(slackApp.botToken().reveal());
        settings.setSigningSecret(
                slackApp.signingSecret() == null ? "" : slackApp.signingSecret().reveal());
        settings.setAuthTestCacheEnabled(true);
        // The library fills these from variables of the environment; one token for one workspace is all there is here.
        settings.setClientId(null);
        settings.setClientSecret(null);
        settings.setScope(null);
        settings.setUserScope(null);
        return settings;
    }

    private App answering(App bolt) {
        bolt.blockAction(ANSWERS, (request, context) -> {
            BlockActionPayload payload = request.getPayload();
            desk.pressed(press(payload), payload.getTriggerId());
            return context.ack();
        });
        bolt.viewSubmission(Dialog.CALLBACK, (request, context) -> {
            ViewSubmissionPayload payload = request.getPayload();
            Press opened = Press.ofJson(payload.getView().getPrivateMetadata());
            // Whoever sent the dialog decides, whatever the dialog carries.
            Press press = new Press(
                    opened.answer(), payload.getUser().getId(), opened.channel(), opened.message(), opened.thread());
            desk.explained(press, payload.getView().getState());
            return context.ack();
        });
        return bolt;
    }

    private static Press press(BlockActionPayload payload) {
        Answer answer = Answer.ofValue(payload.getActions().get(0).getValue());
        return new Press(
                answer,
                payload.getUser().getId(),
                payload.getContainer().getChannelId(),
                payload.getContainer().getMessageTs(),
                payload.getMessage() == null ? null : payload.getMessage().getThreadTs());
    }

    public boolean receivesByHttp() {
        return signatures != null;
    }

    /** Begins to receive. */
    public void start() throws IOException {
        app.start();
        if (socket != null) {
            socket.start();
        }
    }

    /** What stands against its being ready, if anything. */
    public Optional<String> againstReadiness() {
        return socket == null || socket.isConnected()
                ? Optional.empty()
                : Optional.of("Slack's socket is not connected");
    }

    /** Answers a request of Slack's over HTTP. */
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (!"POST".equals(exchange.getRequestMethod()) || body.length > LARGEST_BODY) {
            respond(exchange, Response.error(body.length > LARGEST_BODY ? 413 : 405));
            return;
        }
        String text = new String(body, UTF_8);
        boolean signed = isSigned(exchange.getRequestHeaders(), text);
        respond(exchange, signed ? answer(text, exchange.getRequestHeaders(), false) : Response.error(401));
    }

    /** Checked before anything is read, since anyone can reach this place. */
    private boolean isSigned(Headers headers, String body) {
        String timestamp = headers.getFirst("X-Slack-Request-Timestamp");
        String signature = headers.getFirst("X-Slack-Signature");
        return signatures != null
                && timestamp != null
                && timestamp.matches("\\d{1,12}")
                && signature != null
                && signatures.isValid(timestamp, body, signature);
    }

    private Response answer(String body, Map<String, List<String>> headers, boolean bySocket) {
        var request = SlackRequestParser.HttpRequest.builder()
                .requestUri(PATH)
                .requestBody(body)
                .queryString(Map.of())
                .headers(new RequestHeaders(headers))
                .socketMode(bySocket)
                .build();
        try {
            return app.run(Objects.requireNonNull(parser.parse(request)));
        } catch (Exception e) {
            // What cannot be read is logged by its kind, never by its content.
            LOGGER.atWarn()
                    .addKeyValue("exception", e.getClass().getName())
                    .log("request to the Slack receiver failed");
            return Response.error(400);
        }
    }

    private static void respond(HttpExchange exchange, Response response) throws IOException {
        byte[] bytes =
                response.getBody() == null ? new byte[0] : response.getBody().getBytes(UTF_8);
        if (response.getContentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", response.getContentType());
        }
        exchange.sendResponseHeaders(response.getStatusCode(), bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        app.stop();
        desk.close();
    }
}
