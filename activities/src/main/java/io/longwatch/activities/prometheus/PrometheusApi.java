package io.longwatch.activities.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.activities.http.Addresses;
import io.longwatch.activities.http.Answer;
import io.longwatch.activities.http.Caller;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Prometheus' HTTP API, and the one place where its refusals get the contract's names. */
final class PrometheusApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 32 << 20;
    private static final int LONGEST_REASON = 500;

    /** The status of a query whose client has gone, by the server's or a proxy's view. */
    private static final int CANCELLED = 499;

    private final PrometheusConnection connection;
    private final Caller caller;

    PrometheusApi(PrometheusConnection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /** The whole answer of an instant query: data and warnings. */
    JsonNode query(String query, Instant time) {
        return post("/api/v1/query", Map.of("query", query, "time", seconds(time), "timeout", timeout()));
    }

    /** The whole answer of a range query: data and warnings. */
    JsonNode queryRange(String query, Instant start, Instant end, Duration step) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("start", seconds(start));
        form.put("end", seconds(end));
        form.put("step", String.valueOf(step.toMillis() / 1000.0));
        form.put("timeout", timeout());
        return post("/api/v1/query_range", form);
    }

    /** How long the server may work on a query: as long as its answer is waited for. */
    private String timeout() {
        return connection.timeout().toMillis() + "ms";
    }

    JsonNode targets() {
        return get("/api/v1/targets?state=active").path("data").path("activeTargets");
    }

    /** Every loaded rule, whatever its group. */
    List<JsonNode> rules() {
        JsonNode groups = get("/api/v1/rules").path("data").path("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    String config() {
        return get("/api/v1/status/config").path("data").path("yaml").asText();
    }

    /** A query's syntax tree; empty where the server is older than 3.0 and cannot give one. */
    Optional<JsonNode> parse(String query) {
        Answer answer = send(request("/api/v1/parse_query?query=" + URLEncoder.encode(query, UTF_8))
                .GET());
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(body("parsing a query", answer).path("data"));
    }

    /** Has the server load its files again. */
    void reload() {
        Answer answer = send(request("/-/reload").POST(BodyPublishers.noBody()));
        if (answer.successful()) {
            return;
        }
        String said = brief(answer.text());
        if (answer.status() == 403 && said.contains("Lifecycle")) {
            throw Failures.denied(
                    here() + " does not allow a reload over HTTP: start it with --web.enable-lifecycle", null);
        }
        if (answer.status() == 500) {
            throw Failures.failed(here() + " rejected its configuration and keeps the former one: " + said, null);
        }
        throw refusal("reload", answer, said);
    }

    private JsonNode get(String path) {
        return body(path.replaceFirst("[?].*", ""), send(request(path).GET()));
    }

    private JsonNode post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(joining("&"));
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        return body(path, send(request));
    }

    private HttpRequest.Builder request(String path) {
        URI uri = Addresses.below(connection.url(), path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).header("Accept", "application/json");
        try {
            if (connection.bearer() != null) {
                builder.header("Authorization", "Bearer " + connection.bearer().reveal());
            } else if (connection.user() != null && connection.password() != null) {
                String pair = connection.user() + ":" + connection.password().reveal();
                builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
            }
        } catch (SecretMissing e) {
            throw e.failure("credentials of " + here());
        }
        return builder;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return caller.send(request.build(), BODY_LIMIT, connection.timeout());
        } catch (IOException e) {
            throw Failures.unavailable(here() + " did not answer: " + Reason.of(e), e);
        }
    }

    private JsonNode body(String what, Answer answer) {
        Optional<JsonNode> json = json(answer);
        if (answer.successful()) {
            return json.filter(body -> body.has("status"))
                    .orElseThrow(() -> Failures.failed(
                            here() + " answered " + what + (answer.cut() ? " with more than 32 MiB" : " with no JSON")
                                    + "; is it the address of a Prometheus?",
                            null));
        }
        String said = json.map(body -> body.path("error").asText("")).orElse("");
        throw refusal(what, answer, brief(said.isEmpty() ? answer.text() : said));
    }

    private ApplicationFailure refusal(String what, Answer answer, String said) {
        String message = here() + " answered " + what + " with " + answer.status() + ": " + said;
        return switch (answer.status()) {
            case 400 -> Failures.invalid(message);
            case 401, 403 -> Failures.denied(message, null);
            case 408, 429, CANCELLED -> Failures.unavailable(message, null);
            default ->
                answer.status() >= 500 || (answer.status() == 422 && outOfTime(said))
                        ? Failures.unavailable(message, null)
                        : Failures.failed(message, null);
        };
    }

    /**
     * Whether the server gave a query up in its queue or while it read the series. It has a status for what takes too long
     * to evaluate; here it answers as it does to a query that cannot be evaluated, with the words of Go's context.
     */
    private static boolean outOfTime(String said) {
        return said.endsWith("context deadline exceeded") || said.endsWith("context canceled");
    }

    private static Optional<JsonNode> json(Answer answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    String here() {
        return "Prometheus at " + Addresses.shown(connection.url());
    }

    private static String brief(String text) {
        return Bounded.line(text, LONGEST_REASON);
    }

    private static String seconds(Instant time) {
        return String.format(Locale.ROOT, "%d.%03d", time.getEpochSecond(), time.getNano() / 1_000_000);
    }
}
