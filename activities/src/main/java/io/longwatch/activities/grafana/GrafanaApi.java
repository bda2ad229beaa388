package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.activities.http.Addresses;
import io.longwatch.activities.http.Answer;
import io.longwatch.activities.http.Caller;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Grafana's HTTP API, and the one place where its refusals get the contract's names. */
final class GrafanaApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 16 << 20;
    private static final int LONGEST_REASON = 300;

    /** Answers that speak of the queries and their data source, not of Grafana or the token. */
    private static final Set<Integer> OF_THE_QUERY = Set.of(400, 404, 422);

    private final GrafanaConnection connection;
    private final Caller caller;

    GrafanaApi(GrafanaConnection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /** The dashboard with its meta; empty where there is none of that uid. */
    Optional<JsonNode> dashboard(String uid) {
        Answer answer = send(request("/api/dashboards/uid/" + encoded(uid)).GET());
        return answer.status() == 404 ? Optional.empty() : Optional.of(body("reading dashboard '" + uid + "'", answer));
    }

    /** The versions of a dashboard, newest first. */
    List<JsonNode> versions(String uid) {
        Answer answer = send(request("/api/dashboards/uid/" + encoded(uid) + "/versions?limit=20")
                .GET());
        JsonNode body = body("reading versions of dashboard '" + uid + "'", answer);
        List<JsonNode> versions = new ArrayList<>();
        (body.isArray() ? body : body.path("versions")).forEach(versions::add);
        return versions;
    }

    JsonNode save(JsonNode request) {
        Answer answer = post("/api/dashboards/db", request);
        if (answer.status() == 412) {
            throw Failures.refused(
                    here() + " did not import the dashboard, since it was changed meanwhile or its name is"
                            + " taken in the folder: " + reason(answer));
        }
        return body("importing a dashboard", answer);
    }

    void restore(String uid, long version) {
        JsonNode request = JSON.createObjectNode().put("version", version);
        body("restoring dashboard '" + uid + "'", post("/api/dashboards/uid/" + encoded(uid) + "/restore", request));
    }

    void delete(String uid) {
        Answer answer = send(request("/api/dashboards/uid/" + encoded(uid)).DELETE());
        if (answer.status() != 404) {
            body("deleting dashboard '" + uid + "'", answer);
        }
    }

    /** Its version, which it tells anyone. */
    String version() {
        return body("its health", send(request("/api/health").GET()))
                .path("version")
                .asText("of an unknown version");
    }

    /** All data sources. */
    JsonNode dataSources() {
        return body("listing data sources", send(request("/api/datasources").GET()));
    }

    /** Results of queries by refId. A query that fails has its error there, as each has where all are refused. */
    JsonNode query(JsonNode request) {
        Answer answer = post("/api/ds/query", request);
        Optional<JsonNode> results = json(answer).filter(body -> body.has("results"));
        if (results.isPresent()) {
            return results.get().path("results");
        }
        return OF_THE_QUERY.contains(answer.status())
                ? refused(request, reason(answer))
                : body("running a query", answer).path("results");
    }

    private static JsonNode refused(JsonNode request, String reason) {
        ObjectNode results = JSON.createObjectNode();
        request.path("queries")
                .forEach(
                        query -> results.putObject(query.path("refId").asText()).put("error", reason));
        return results;
    }

    private Answer post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(Addresses.below(connection.url(), path))
                    .header("Accept", "application/json")
                    .header("Authorization", "Bearer " + connection.token().reveal());
        } catch (SecretMissing e) {
            throw e.failure("token of " + here());
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return caller.send(request.build(), BODY_LIMIT, connection.timeout());
        } catch (IOException e) {
            throw Failures.unavailable(here() + " did not answer: " + Reason.of(e), e);
        }
    }

    private JsonNode body(String what, Answer answer) {
        if (!answer.successful()) {
            throw refusal(what, answer);
        }
        return json(answer)
                .orElseThrow(() -> Failures.failed(
                        here() + " answered no JSON to " + what + "; is it the address of a Grafana?", null));
    }

    private ApplicationFailure refusal(String what, Answer answer) {
        String message = here() + " answered " + what + " with " + answer.status() + ": " + reason(answer);
        return switch (answer.status()) {
            case 400, 422 -> Failures.invalid(message);
            case 401, 403 -> Failures.denied(message, null);
            case 404 -> Failures.notFound(message);
            case 409 -> Failures.conflict(message, null);
            case 408, 429 -> Failures.unavailable(message, null);
            default -> answer.status() >= 500 ? Failures.unavailable(message, null) : Failures.failed(message, null);
        };
    }

    private static String reason(Answer answer) {
        String said = json(answer).map(body -> body.path("message").asText("")).orElse("");
        return brief(said.isEmpty() ? answer.text() : said);
    }

    static String brief(String text) {
        return Bounded.line(text, LONGEST_REASON);
    }

    private static Optional<JsonNode> json(Answer answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static String encoded(String uid) {
        return URLEncoder.encode(uid, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path of Grafana as people open it. */
    String address(String path) {
        return Addresses.shown(connection.url()).replaceFirst("/+$", "") + path;
    }

    private String here() {
        return "Grafana at " + Addresses.shown(connection.url());
    }
}
