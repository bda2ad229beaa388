package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Slack asks of blocks: known types, lengths, distinct ids. */
final class BlockRules {
    /** Most characters of a message's blocks together: measured by users, not documented by Slack. */
    static final int LONGEST_MESSAGE = 13_200;

    private static final int LONGEST_ID = 255;
    private final List<String> problems = new ArrayList<>();
    private final int most;
    private final boolean inputs;

    private BlockRules(int most, boolean inputs) {
        this.most = most;
        this.inputs = inputs;
    }

    /** Problems of a message's blocks. */
    static List<String> ofMessage(JsonNode blocks) {
        return new BlockRules(50, false).check(blocks);
    }

    /** Problems of a dialog's blocks. */
    static List<String> ofView(JsonNode blocks) {
        return new BlockRules(100, true).check(blocks);
    }

    private List<String> check(JsonNode blocks) {
        if (!blocks.isArray()) {
            return List.of("blocks must be a list");
        }
        if (blocks.size() > most) {
            problems.add("no more than " + most + " items allowed [json-pointer:/blocks]");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.get(i);
            String at = "/blocks/" + i;
            String id = block.path("block_id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                problems.add("`block_id` is not unique: " + id + " [json-pointer:" + at + "]");
            }
            longest(block.path("block_id"), 0, LONGEST_ID, at + "/block_id");
            block(block, at);
        }
        return problems;
    }

    private void block(JsonNode block, String at) {
        switch (block.path("type").asText()) {
            case "header" -> text(block.path("text"), "plain_text", 150, at + "/text");
            case "section" -> section(block, at);
            case "context" -> context(block.path("elements"), at + "/elements");
            case "actions" -> actions(block.path("elements"), at + "/elements");
            case "divider" -> {}
            case "input" -> input(block, at);
            default -> problems.add("unsupported type: " + block.path("type").asText() + " [json-pointer:" + at + "]");
        }
    }

    private void section(JsonNode block, String at) {
        if (block.has("fields")) {
            between(block.path("fields"), 1, 10, at + "/fields");
            block.path("fields").forEach(field -> text(field, "", 2000, at + "/fields"));
        }
        if (block.has("text") || !block.has("fields")) {
            text(block.path("text"), "", 3000, at + "/text");
        }
    }

    private void context(JsonNode elements, String at) {
        between(elements, 1, 10, at);
        elements.forEach(element -> text(element, "", 3000, at));
    }

    private void actions(JsonNode elements, String at) {
        between(elements, 1, 25, at);
        Set<String> ids = new HashSet<>();
        for (JsonNode element : elements) {
            String id = element.path("action_id").asText();
            longest(element.path("action_id"), 0, LONGEST_ID, at + "/action_id");
            if (!id.isEmpty() && !ids.add(id)) {
                problems.add("`action_id` is not unique: " + id + " [json-pointer:" + at + "]");
            }
            button(element, at);
        }
    }

    private void button(JsonNode button, String at) {
        if (!"button".equals(button.path("type").asText())) {
            problems.add("unsupported type: " + button.path("type").asText() + " [json-pointer:" + at + "]");
            return;
        }
        text(button.path("text"), "plain_text", 75, at + "/text");
        longest(button.path("value"), 0, 2000, at + "/value");
        if (button.has("style")
                && !Set.of("primary", "danger").contains(button.path("style").asText())) {
            problems.add("invalid style [json-pointer:" + at + "/style]");
        }
        if (button.has("confirm")) {
            JsonNode confirm = button.path("confirm");
            text(confirm.path("title"), "plain_text", 100, at + "/confirm/title");
            text(confirm.path("text"), "", 300, at + "/confirm/text");
            text(confirm.path("confirm"), "plain_text", 30, at + "/confirm/confirm");
            text(confirm.path("deny"), "plain_text", 30, at + "/confirm/deny");
        }
    }

    private void input(JsonNode block, String at) {
        if (!inputs) {
            problems.add("unsupported type: input in a message without its own submit [json-pointer:" + at + "]");
            return;
        }
        text(block.path("label"), "plain_text", 2000, at + "/label");
        if (!"plain_text_input".equals(block.path("element").path("type").asText())) {
            problems.add("unsupported element [json-pointer:" + at + "/element]");
        }
    }

    private void text(JsonNode text, String type, int longest, String at) {
        String found = text.path("type").asText();
        boolean right = type.isEmpty() ? Set.of("plain_text", "mrkdwn").contains(found) : type.equals(found);
        if (!right) {
            problems.add("unsupported type: " + found + " [json-pointer:" + at + "/type]");
        }
        longest(text.path("text"), 1, longest, at + "/text");
    }

    private void longest(JsonNode text, int shortest, int longest, String at) {
        int length = text.asText().length();
        if (length < shortest) {
            problems.add("must be more than " + (shortest - 1) + " characters [json-pointer:" + at + "]");
        }
        if (length > longest) {
            problems.add("must be less than " + (longest + 1) + " characters [json-pointer:" + at + "]");
        }
    }

    private void between(JsonNode list, int least, int most, String at) {
        if (list.size() < least || list.size() > most) {
            problems.add("must have " + least + " to " + most + " items [json-pointer:" + at + "]");
        }
    }
}
