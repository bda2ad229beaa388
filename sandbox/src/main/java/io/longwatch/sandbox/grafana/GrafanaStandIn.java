package io.longwatch.sandbox.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.LoopbackApi;
import io.longwatch.sandbox.prometheus.LoopbackApi.Call;
import io.longwatch.sandbox.prometheus.LoopbackApi.Reply;
import io.longwatch.sandbox.prometheus.RangeQueries;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in of Grafana 10: its HTTP API for dashboards over a Prometheus, on loopback.
 *
 * <p>Modelled: one service account's token (401 without it); {@code dashboards/db} with the check of versions (412), {@code
 * dashboards/uid} to read and delete, its {@code versions} and {@code restore}; {@code datasources}, which is one
 * Prometheus, the default; {@code ds/query}, which evaluates panels' queries (400 without one, 404 for another
 * data source); {@code health}.
 *
 * <p>Not modelled: folders and their permissions, users, provisioning, library panels, alerting, other data sources,
 * snapshots, pages.
 */
public final class GrafanaStandIn implements AutoCloseable {
    /** Uid of its one data source. */
    public static final String DATA_SOURCE = "prometheus";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DASHBOARD = Pattern.compile("/api/dashboards/uid/([^/]+)(/versions|/restore)?");
    private final String token;
    private final Clock clock;
    private final PanelQueries queries;
    private final LoopbackApi api;
    private final Map<String, SavedDashboard> dashboards = new TreeMap<>();

    /**
     * Starts it.
     *
     * @param prometheus what its data source reads
     * @param token the token it accepts
     * @param clock its time
     */
    public GrafanaStandIn(RangeQueries prometheus, String token, Clock clock) {
        this.token = token;
        this.clock = clock;
        this.queries = new PanelQueries(prometheus);
        this.api = new LoopbackApi(this::answer);
    }

    /** Where it listens. */
    public URI uri() {
        return api.uri();
    }

    private synchronized Reply answer(Call call) {
        if (call.path().equals("/api/health")) {
            return Reply.json(200, "{\"database\": \"ok\", \"version\": \"10.4.0\"}");
        }
        if (!("Bearer " + token).equals(call.authorization())) {
            return message(401, "Invalid API key");
        }
        try {
            return switch (call.path()) {
                case "/api/dashboards/db" -> save(JSON.readTree(call.body()));
                case "/api/ds/query" -> query(JSON.readTree(call.body()));
                case "/api/datasources" -> Reply.json(200, dataSources());
                default -> dashboard(call);
            };
        } catch (JsonProcessingException e) {
            return message(400, "bad request data");
        }
    }

    private Reply query(JsonNode request) {
        if (request.path("queries").isEmpty()) {
            return message(400, "No queries found");
        }
        for (JsonNode query : request.path("queries")) {
            if (!query.path("datasource").path("uid").asText().equals(DATA_SOURCE)) {
                return message(404, "Data source not found");
            }
        }
        return Reply.json(200, queries.run(request).toString());
    }

    private static String dataSources() {
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("uid", DATA_SOURCE)
                .put("name", "Prometheus")
                .put("type", "prometheus")
                .put("isDefault", true);
        return JsonNodeFactory.instance.arrayNode().add(source).toString();
    }

    private Reply save(JsonNode request) {
        if (!(request.path("dashboard") instanceof ObjectNode content)
                || content.path("title").asText().isBlank()) {
            return message(400, "Dashboard title cannot be empty");
        }
        String uid = content.path("uid").asText("");
        String saved = uid.isEmpty() || uid.equals("null") ? UUID.randomUUID().toString() : uid;
        SavedDashboard existing = dashboards.get(saved);
        if (existing != null
                && !request.path("overwrite").asBoolean()
                && existing.newest() != content.path("version").asLong()) {
            return Reply.json(
                    412,
                    "{\"status\": \"version-mismatch\", \"message\": \"The dashboard has been changed by someone else\"}");
        }
        SavedDashboard dashboard = existing == null ? new SavedDashboard(saved) : existing;
        dashboard.moveTo(request.path("folderUid").asText(""));
        dashboard.add(content, request.path("message").asText(""), 0, clock.instant());
        dashboards.put(saved, dashboard);
        return saved(saved, dashboard);
    }

    private static Reply saved(String uid, SavedDashboard dashboard) {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "success")
                        .put("uid", uid)
                        .put("url", dashboard.path())
                        .put("version", dashboard.newest())
                        .toString());
    }

    private Reply dashboard(Call call) throws JsonProcessingException {
        Matcher path = DASHBOARD.matcher(call.path());
        if (!path.matches()) {
            return message(404, "Not found");
        }
        SavedDashboard found = dashboards.get(path.group(1));
        if (found == null) {
            return message(404, "Dashboard not found");
        }
        return onDashboard(call, path.group(1), path.group(2), found);
    }

    private Reply onDashboard(Call call, String uid, @Nullable String below, SavedDashboard found)
            throws JsonProcessingException {
        if ("/versions".equals(below)) {
            return Reply.json(200, found.listed().toString());
        }
        if ("/restore".equals(below)) {
            return restore(
                    uid, found, JSON.readTree(call.body()).path("version").asLong());
        }
        if (call.method().equals("DELETE")) {
            dashboards.remove(uid);
            return message(200, "Dashboard " + found.title() + " deleted");
        }
        return Reply.json(200, found.shown().toString());
    }

    private Reply restore(String uid, SavedDashboard dashboard, long number) {
        Optional<SavedDashboard.Version> version = dashboard.version(number);
        if (version.isEmpty()) {
            return message(404, "Dashboard version not found");
        }
        dashboard.add(version.get().content(), "Restored from version " + number, number, clock.instant());
        return saved(uid, dashboard);
    }

    private static Reply message(int status, String message) {
        return Reply.json(
                status,
                JsonNodeFactory.instance.objectNode().put("message", message).toString());
    }

    @Override
    public void close() {
        api.close();
    }
}
