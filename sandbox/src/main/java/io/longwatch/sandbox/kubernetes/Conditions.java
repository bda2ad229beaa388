package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** The conditions of an object's status. */
final class Conditions {
    private Conditions() {}

    static Optional<JsonNode> find(JsonNode object, String type) {
        return Tree.items(object, "status", "conditions")
                .filter(condition -> Tree.text(condition, "type").equals(type))
                .findFirst();
    }

    static boolean isTrue(JsonNode object, String type) {
        return find(object, type)
                .map(c -> Tree.text(c, "status").equals("True"))
                .orElse(false);
    }

    static String reason(JsonNode object, String type) {
        return find(object, type).map(c -> Tree.text(c, "reason")).orElse("");
    }

    /**
     * Sets a condition. Its transition time moves when its status does; where the condition keeps a time of its last
     * update, that moves with every change, or always when {@code touched}.
     */
    static void set(ObjectNode object, Condition wanted, Instant now, boolean touched) {
        Optional<JsonNode> before = find(object, wanted.type());
        ObjectNode condition = Tree.object();
        condition.put("type", wanted.type()).put("status", wanted.status());
        boolean sameStatus =
                before.isPresent() && Tree.text(before.get(), "status").equals(wanted.status());
        boolean same = sameStatus && Tree.text(before.get(), "reason").equals(wanted.reason());
        if (wanted.tracksUpdates()) {
            condition.put(
                    "lastUpdateTime", same && !touched ? Tree.text(before.get(), "lastUpdateTime") : Tree.time(now));
        }
        condition.put(
                "lastTransitionTime", sameStatus ? Tree.text(before.get(), "lastTransitionTime") : Tree.time(now));
        if (!wanted.reason().isEmpty()) {
            condition.put("reason", wanted.reason());
        }
        if (!wanted.message().isEmpty()) {
            condition.put("message", wanted.message());
        }
        replace(object, condition);
    }

    private static void replace(ObjectNode object, ObjectNode condition) {
        ObjectNode status = Tree.child(object, "status");
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").equals(condition.path("type"))) {
                conditions.set(i, condition);
                return;
            }
        }
        conditions.add(condition);
    }

    /** A condition as it shall be. */
    record Condition(String type, String status, String reason, String message, boolean tracksUpdates) {
        static Condition ofPod(String type, boolean holds, String reason, String message) {
            return new Condition(type, holds ? "True" : "False", reason, message, false);
        }

        static Condition ofDeployment(String type, String status, String reason, String message) {
            return new Condition(type, status, reason, message, true);
        }
    }
}
