package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands in a channel.
 *
 * @param channel channel id
 * @param id its ts
 * @param thread ts of the thread it stands in, or null
 * @param text its plain text
 * @param blocks its blocks, missing where it has none
 * @param metadata its metadata, missing where it has none
 * @param edits how often it was replaced
 */
public record Shown(
        String channel,
        String id,
        @Nullable String thread,
        String text,
        JsonNode blocks,
        JsonNode metadata,
        int edits) {

    /** Action ids of its buttons. */
    public List<String> buttons() {
        return blocks.findValuesAsText("action_id");
    }

    /** The button of that action id; missing where there is none. */
    JsonNode button(String actionId) {
        for (JsonNode block : blocks) {
            for (JsonNode element : block.path("elements")) {
                if (actionId.equals(element.path("action_id").asText())) {
                    ObjectNode button = element.deepCopy();
                    return button.put("block_id", block.path("block_id").asText());
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** As a person reads it: headline, lines, buttons in brackets. */
    public String asText() {
        if (blocks.isMissingNode() || blocks.isEmpty()) {
            return text;
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode block : blocks) {
            switch (block.path("type").asText()) {
                case "header" -> lines.add("# " + read(block.path("text")));
                case "divider" -> lines.add("---");
                case "actions" -> {
                    List<String> buttons = new ArrayList<>();
                    block.path("elements").forEach(button -> buttons.add("[" + read(button.path("text")) + "]"));
                    lines.add(String.join(" ", buttons));
                }
                case "context" -> block.path("elements").forEach(element -> lines.add("  " + read(element)));
                default -> lines.add(read(block.path("text")));
            }
        }
        return String.join("\n", lines);
    }

    private static String read(JsonNode text) {
        return text.path("text")
                .asText()
                .replaceAll("<!date\\^[^|>]*\\|([^>]*)>", "$1")
                .replaceAll("<@([A-Z0-9]+)>", "@$1")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** As the Web API gives it. */
    ObjectNode toJson(boolean withMetadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "message")
                .put("user", "U0LONGWATCH")
                .put("bot_id", "B0LONGWATCH")
                .put("ts", id);
        json.put("text", text);
        if (thread != null) {
            json.put("thread_ts", thread);
        }
        if (!blocks.isMissingNode()) {
            json.set("blocks", blocks);
        }
        if (withMetadata && !metadata.isMissingNode()) {
            json.set("metadata", metadata);
        }
        return json;
    }
}
