package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The panels of a dashboard, those in collapsed rows among them. */
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
        return panels;
    }

    static List<JsonNode> withQueries(JsonNode dashboard) {
        return all(dashboard).stream()
                .filter(panel -> !panel.path("targets").isEmpty())
                .toList();
    }
}
