package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The panels of a dashboard, those in collapsed rows among them, and those of rows as old exports have them. */
final class Panels {
    private Panels() {}

    static List<JsonNode> all(JsonNode dashboard) {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            if (panel.path("type").asText().equals("row")) {
                panel.path("panels").forEach(panels::add);
            } else {
                panels.add(panel);
            }
        }
        dashboard.path("rows").forEach(row -> row.path("panels").forEach(panels::add));
        return panels;
    }

    /** Why none of a dashboard's panels can be asked, in words. */
    static String whyNoneIsAsked(JsonNode dashboard) {
        if (dashboard.has("elements") || dashboard.path("spec").has("elements")) {
            return "it is in Grafana's schema v2, with elements in place of panels, which is not read; save it in the"
                    + " classic one";
        }
        int panels = all(dashboard).size();
        return panels == 0
                ? "it has no panels"
                : "none of its " + panels + " panels has a query that is shown and that the API can be asked";
    }

    /** Queries of a panel that its page runs and the API can be asked for. */
    static List<JsonNode> queries(JsonNode panel) {
        return StreamSupport.stream(panel.path("targets").spliterator(), false)
                .filter(target -> !target.path("hide").asBoolean())
                .filter(target -> DataSources.canBeAsked(DataSources.said(target, panel)))
                .toList();
    }

    static List<JsonNode> withQueries(JsonNode dashboard) {
        return all(dashboard).stream()
                .filter(panel -> !panel.path("targets").isEmpty())
                .toList();
    }
}
