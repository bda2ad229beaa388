package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

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
