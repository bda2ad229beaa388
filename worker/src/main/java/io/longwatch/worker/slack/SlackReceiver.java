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
import io.longwatch.contract.Failures;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
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

    private static final String TIMESTAMP = "X-Slack-Request-Timestamp";
    private static final String SIGNATURE = "X-Slack-Signature";
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final int READ_AT_ONCE = 8;

    private final SlackApi api;
    private final Desk desk;
    // Slack's signatures are of real time, also where a release's is not.
    private final Clock wall = Clock.systemUTC();
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final App app;
    private final SlackRequestParser parser;
    private final @Nullable SlackSocket socket;
    private final SlackSignature.@Nullable Verifier signatures;

    public SlackReceiver(WorkerConfig config, WorkflowClient client, Clock clock) {
        WorkerConfig.SlackApp slackApp = Objects.requireNonNull(config.slack());
        api = new SlackApi(slackApp.connection());
        desk = Desk.of(config, api, client, clock);
        Slack slack = Slack.getInstance(SlackApi.configOf(slackApp.connection()));
        AppConfig settings = settings(slackApp, slack);
        // The library's own middleware would not start without Slack; signatures are checked ahead of it.
        app = answering(new App(settings, List.of()));
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
            String act = payload.getActions().get(0).getActionTs();
            desk.pressed(press(payload), Objects.requireNonNullElse(act, ""), payload.getTriggerId());
            return context.ack();
        });
        bolt.viewSubmission(Dialog.CALLBACK, (request, context) -> {
            ViewSubmissionPayload payload = request.getPayload();
            Press opened = Press.ofJson(payload.getView().getPrivateMetadata());
            // Whoever sent the dialog decides, whatever the dialog carries.
            Press press = new Press(
                    opened.answer(), payload.getUser().getId(), opened.channel(), opened.message(), opened.thread());
            desk.explained(
                    press,
                    Objects.requireNonNullElse(payload.getView().getId(), ""),
                    payload.getView().getState());
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

    /** Begins to receive. A Slack that is away is waited for in the background. */
    public void start() {
        app.start();
        if (socket != null) {
            socket.start();
        }
    }

    /**
     * Makes sure that Slack takes the token, unless it is away: releases go on without it.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireToken() {
        try {
            api.requireToken();
        } catch (ApplicationFailure e) {
            if (Failures.DENIED.equals(e.getType())) {
                throw new IllegalArgumentException("slack: botToken: " + e.getOriginalMessage(), e);
            }
            LOGGER.atWarn()
                    .addKeyValue("why", e.getOriginalMessage())
                    .log("Slack does not answer; releases go on without");
        }
    }

    /** Whether it receives by Socket Mode. */
    public boolean receivesBySocket() {
        return socket != null;
    }

    /** What is wrong with the way to Slack, if anything. Releases go on without it. */
    public Optional<String> problem() {
        return socket == null || socket.isConnected()
                ? Optional.empty()
                : Optional.of("Slack's socket is not connected: what is pressed there does not arrive");
    }

    /**
     * Answers a request of Slack's over HTTP. Anyone can reach this place: few requests are read at a time, and none that
     * does not even claim a signature of now.
     */
    public void handle(HttpExchange exchange) throws IOException {
        if (!reading.tryAcquire()) {
            // Without an answer: to send one, the server would first read the rest of the request.
            exchange.close();
            return;
        }
        try {
            respond(exchange, response(exchange));
        } finally {
            reading.release();
        }
    }

    private Response response(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!"POST".equals(exchange.getRequestMethod())) {
            return Response.error(405);
        }
        if (!claimsSignature(headers)) {
            return Response.error(401);
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return Response.error(413);
        }
        String text = new String(body, UTF_8);
        return isSigned(headers, text) ? answer(text, headers, false) : Response.error(401);
    }

    private boolean claimsSignature(Headers headers) {
        String timestamp = headers.getFirst(TIMESTAMP);
        String signature = headers.getFirst(SIGNATURE);
        return timestamp != null
                && timestamp.matches("\\d{1,12}")
                && signature != null
                && Math.abs(wall.instant().getEpochSecond() - Long.parseLong(timestamp)) <= OLDEST.toSeconds();
    }

    private boolean isSigned(Headers headers, String body) {
        return signatures != null && signatures.isValid(headers.getFirst(TIMESTAMP), body, headers.getFirst(SIGNATURE));
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
        } catch (RejectedExecutionException e) {
            // Not acknowledged, so that the person sees that it did not arrive.
            return Response.error(503);
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
