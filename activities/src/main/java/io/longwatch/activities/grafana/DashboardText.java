package io.longwatch.activities.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.contract.Failures;
import java.util.Map;

/** A dashboard as the plan's file has it, made ready for import. */
final class DashboardText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ObjectNode dashboard;
    private final String uid;

    private DashboardText(ObjectNode dashboard, String uid) {
        this.dashboard = dashboard;
        this.uid = uid;
    }

    /** Reads the text and fills in what the export left open. */
    static DashboardText of(ImportDashboardInput input) {
        Map<String, String> values = input.inputs() == null ? Map.of() : input.inputs();
        String text = input.dashboard();
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        ObjectNode dashboard = parse(text);
        for (JsonNode open : dashboard.path("__inputs")) {
            String name = open.path("name").asText();
            if (!values.containsKey(name)) {
                throw Failures.invalid("the dashboard's export leaves '" + name + "' open; give it under 'inputs'");
            }
        }
        String uid = input.uid() == null ? dashboard.path("uid").asText("") : input.uid();
        if (uid.isEmpty()) {
            throw Failures.invalid("the dashboard has no uid, by which it is found again; write 'uid'");
        }
        dashboard.remove("__inputs");
        dashboard.remove("__requires");
        dashboard.put("uid", uid);
        dashboard.putNull("id");
        return new DashboardText(dashboard, uid);
    }

    private static ObjectNode parse(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            JsonNode dashboard = read.has("dashboard") && !read.has("panels") ? read.path("dashboard") : read;
            if (dashboard instanceof ObjectNode object) {
                return object;
            }
            throw Failures.invalid("the dashboard is no JSON object");
        } catch (JsonProcessingException e) {
            throw Failures.invalid("the dashboard is no JSON: " + e.getOriginalMessage());
        }
    }

    String uid() {
        return uid;
    }

    String title() {
        return dashboard.path("title").asText(uid);
    }

    /** What POST /api/dashboards/db takes: saved only on top of that version. */
    ObjectNode request(long onVersion, String message, String folderUid) {
        ObjectNode versioned = dashboard.deepCopy();
        versioned.put("version", onVersion);
        return again(versioned, message, folderUid);
    }

    /** The same for a dashboard as Grafana gave it, on top of the version that it has. */
    static ObjectNode again(JsonNode dashboard, String message, String folderUid) {
        ObjectNode request = JSON.createObjectNode();
        request.set("dashboard", dashboard);
        request.put("message", message).put("overwrite", false);
        return folderUid.isEmpty() ? request : request.put("folderUid", folderUid);
    }
}
