package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.actions.grafana.CheckDashboardInput;
import io.longwatch.actions.grafana.CheckDashboardResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** grafana.checkDashboard: runs the queries of each panel. */
final class CheckDashboard {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final long SHORTEST_STEP = 15_000;
    private static final int POINTS = 100;
    private static final int MOST_EMPTY = 30;
    private static final int MOST_PROBLEMS = 5;
    private final CheckDashboardInput input;
    private final GrafanaApi api;
    private final Clock clock;
    private final Invocation invocation;

    CheckDashboard(CheckDashboardInput input, GrafanaApi api, Clock clock, Invocation invocation) {
        this.input = input;
        this.api = api;
        this.clock = clock;
        this.invocation = invocation;
    }

    CheckDashboardResult run() {
        JsonNode dashboard = api.dashboard(input.uid())
                .orElseThrow(() -> Failures.notFound("there is no dashboard '" + input.uid() + "'"))
                .path("dashboard");
        Variables variables = Variables.of(dashboard, input.variablesOrDefault());
        DataSources sources = new DataSources(api);
        List<Empty> empty = new ArrayList<>();
        List<JsonNode> panels = Panels.withQueries(dashboard);
        List<JsonNode> asked = panels.stream()
                .filter(panel -> !Panels.queries(panel).isEmpty())
                .toList();
        if (asked.isEmpty()) {
            throw Failures.failed(
                    "nothing of dashboard '" + input.uid() + "' was checked: " + Panels.whyNoneIsAsked(dashboard),
                    null);
        }
        int withData = 0;
        for (JsonNode panel : asked) {
            String title = title(panel);
            invocation.heartbeat(title);
            Finding finding = look(panel, variables, sources);
            if (finding.data()) {
                withData++;
            } else if (!input.mayBeEmptyOrDefault().contains(title)) {
                empty.add(new Empty(title, finding.problem()));
            }
        }
        return judged(result(asked.size(), panels.size() - asked.size(), withData, empty));
    }

    private static String title(JsonNode panel) {
        return GrafanaApi.brief(
                panel.path("title").asText("panel " + panel.path("id").asText()));
    }

    private static CheckDashboardResult result(int asked, int notAsked, int withData, List<Empty> empty) {
        List<String> titles = empty.stream().map(Empty::title).toList();
        List<String> problems = empty.stream()
                .limit(MOST_PROBLEMS)
                .map(panel -> panel.title() + ": " + panel.problem())
                .toList();
        String named = titles.isEmpty() ? "" : "; empty: " + String.join(", ", first(titles, MOST_PROBLEMS));
        String others = notAsked == 0 ? "" : "; " + notAsked + " not asked";
        return new CheckDashboardResult(
                asked,
                withData,
                notAsked,
                first(titles, MOST_EMPTY),
                problems,
                withData + " of " + asked + " panels show data" + named + others);
    }

    private CheckDashboardResult judged(CheckDashboardResult result) {
        if (Boolean.TRUE.equals(input.waitForData()) && !result.empty().isEmpty()) {
            throw Failures.pending(result.summary(), LOOK_AGAIN);
        }
        return result;
    }

    private static List<String> first(List<String> list, int most) {
        return list.subList(0, Math.min(list.size(), most));
    }

    private Finding look(JsonNode panel, Variables variables, DataSources sources) {
        Instant to = input.time() == null ? clock.instant() : input.time();
        ObjectNode request = JSON.createObjectNode();
        request.put("from", String.valueOf(to.minus(input.rangeOrDefault()).toEpochMilli()));
        request.put("to", String.valueOf(to.toEpochMilli()));
        ArrayNode queries = request.putArray("queries");
        for (JsonNode target : Panels.queries(panel)) {
            JsonNode said = variables.in(DataSources.said(target, panel));
            Optional<ObjectNode> source = sources.of(said);
            if (source.isEmpty()) {
                return new Finding(false, DataSources.missing(said));
            }
            queries.add(query(variables.in(target), source.get()));
        }
        return finding(api.query(request));
    }

    private ObjectNode query(JsonNode target, ObjectNode source) {
        ObjectNode query = (ObjectNode) target;
        query.set("datasource", source);
        long step = Math.max(SHORTEST_STEP, input.rangeOrDefault().toMillis() / POINTS);
        return query.put("intervalMs", step).put("maxDataPoints", POINTS);
    }

    private static Finding finding(JsonNode results) {
        String problem = "no data";
        for (JsonNode result : results) {
            if (result.hasNonNull("error")) {
                problem = GrafanaApi.brief(result.path("error").asText());
            }
            for (JsonNode frame : result.path("frames")) {
                if (hasNumbers(frame)) {
                    return new Finding(true, "");
                }
            }
        }
        return new Finding(false, problem);
    }

    /** Whether a field of numbers, not of times, holds one. */
    private static boolean hasNumbers(JsonNode frame) {
        JsonNode fields = frame.path("schema").path("fields");
        JsonNode values = frame.path("data").path("values");
        for (int i = 0; i < values.size(); i++) {
            boolean time = fields.path(i).path("type").asText().equals("time");
            for (JsonNode value : values.path(i)) {
                if (!time && !value.isNull()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A panel that shows no data and should. */
    private record Empty(String title, String problem) {}

    /** Whether a panel shows data, and why not. */
    private record Finding(boolean data, String problem) {}
}
