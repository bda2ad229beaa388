package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dialogs: opened with the trigger of a press, within three seconds and once. */
final class SlackViews {
    private static final Duration TRIGGER = Duration.ofSeconds(3);

    private record Trigger(String user, long madeAt) {}

    private record Open(String user, ObjectNode view) {}

    private final Map<String, Trigger> triggers = new LinkedHashMap<>();
    private final List<Open> open = new ArrayList<>();
    private int sequence;

    /** A trigger for someone who pressed a button. */
    synchronized String trigger(String user) {
        String id = ++sequence + ".0.sandbox";
        triggers.put(id, new Trigger(user, System.nanoTime()));
        return id;
    }

    synchronized JsonNode open(String triggerId, JsonNode view) {
        Trigger trigger = triggers.remove(triggerId);
        if (trigger == null) {
            throw new SlackRefusal("invalid_arguments", List.of("invalid `trigger_id`"));
        }
        if (System.nanoTime() - trigger.madeAt() > TRIGGER.toNanos()) {
            throw new SlackRefusal("expired_trigger_id");
        }
        List<String> problems = problems(view);
        if (!problems.isEmpty()) {
            throw new SlackRefusal("invalid_arguments", problems);
        }
        ObjectNode opened = view.deepCopy();
        opened.put("id", "V" + ++sequence).put("team_id", "T0SANDBOX").put("app_id", "A0LONGWATCH");
        open.add(new Open(trigger.user(), opened));
        return opened;
    }

    private static List<String> problems(JsonNode view) {
        List<String> problems = new ArrayList<>(BlockRules.ofView(view.path("blocks")));
        if (!"modal".equals(view.path("type").asText())) {
            problems.add("unsupported type [json-pointer:/view/type]");
        }
        for (String name : List.of("title", "submit", "close")) {
            int length = view.path(name).path("text").asText().length();
            if (length < 1 || length > 24) {
                problems.add("must be 1 to 24 characters [json-pointer:/view/" + name + "/text]");
            }
        }
        if (view.path("private_metadata").asText().length() > 3000) {
            problems.add("must be less than 3001 characters [json-pointer:/view/private_metadata]");
        }
        return problems;
    }

    /** The dialog that someone sees, if there is one. */
    synchronized Optional<ObjectNode> of(String user) {
        return open.stream()
                .filter(each -> each.user().equals(user))
                .map(Open::view)
                .reduce((first, second) -> second);
    }

    /** Takes the dialog away. */
    synchronized void close(ObjectNode view) {
        open.removeIf(each -> each.view().path("id").equals(view.path("id")));
    }
}
