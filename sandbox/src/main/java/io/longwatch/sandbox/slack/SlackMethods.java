package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.Json;
import java.util.List;
import java.util.Map;

/** The methods of the Web API that Longwatch calls. */
final class SlackMethods {
    private static final int LONGEST_TEXT = 40_000;
    private static final int PAGE = 100;

    private final SlackWorkspace workspace;
    private final SlackViews views;

    SlackMethods(SlackWorkspace workspace, SlackViews views) {
        this.workspace = workspace;
        this.views = views;
    }

    ObjectNode call(String method, Map<String, String> arguments) {
        ObjectNode answer = switch (method) {
            case "auth.test" -> authTest();
            case "chat.postMessage" -> postMessage(arguments);
            case "chat.update" -> update(arguments);
            case "chat.postEphemeral" -> postEphemeral(arguments);
            case "chat.getPermalink" -> permalink(arguments);
            case "conversations.list" -> list(arguments);
            case "conversations.info" -> info(arguments);
            case "conversations.history" -> history(arguments);
            case "conversations.replies" -> replies(arguments);
            case "views.open" -> viewsOpen(arguments);
            default -> throw new SlackRefusal("unknown_method");
        };
        return answer.put("ok", true);
    }

    private static ObjectNode authTest() {
        return json().put("url", "https://sandbox.slack.com/")
                .put("team", "Sandbox")
                .put("user", "longwatch")
                .put("team_id", "T0SANDBOX")
                .put("user_id", "U0LONGWATCH")
                .put("bot_id", "B0LONGWATCH");
    }

    private ObjectNode postMessage(Map<String, String> arguments) {
        var channel = workspace.byIdOrName(required(arguments, "channel", "channel_not_found"));
        JsonNode blocks = blocks(arguments);
        Shown shown = workspace.post(
                channel, arguments.get("thread_ts"), text(arguments, blocks), blocks, metadata(arguments));
        return shown(shown);
    }

    private ObjectNode update(Map<String, String> arguments) {
        var channel = workspace.byId(required(arguments, "channel", "channel_not_found"));
        Shown shown = workspace.get(channel.id(), required(arguments, "ts", "message_not_found"), "message_not_found");
        JsonNode blocks = blocks(arguments);
        return shown(workspace.replace(shown, text(arguments, blocks), blocks, metadata(arguments)));
    }

    private ObjectNode permalink(Map<String, String> arguments) {
        var channel = workspace.byId(required(arguments, "channel", "channel_not_found"));
        Shown shown = workspace.get(
                channel.id(), required(arguments, "message_ts", "message_not_found"), "message_not_found");
        return json().put("channel", shown.channel())
                .put(
                        "permalink",
                        "https://sandbox.slack.com/archives/" + shown.channel() + "/p"
                                + shown.id().replace(".", ""));
    }

    private ObjectNode postEphemeral(Map<String, String> arguments) {
        var channel = workspace.byId(required(arguments, "channel", "channel_not_found"));
        String user = required(arguments, "user", "user_not_in_channel");
        if (!user.startsWith("U")) {
            throw new SlackRefusal("user_not_in_channel");
        }
        workspace.whisper(new SlackWorkspace.Whisper(channel.id(), user, text(arguments, blocks(arguments))));
        return json().put("message_ts", "0.000000");
    }

    private ObjectNode list(Map<String, String> arguments) {
        ArrayNode channels = JsonNodeFactory.instance.arrayNode();
        ObjectNode answer = json();
        page(workspace.channels(), arguments, answer).forEach(channel -> channels.add(channelJson(channel)));
        answer.set("channels", channels);
        return answer;
    }

    private ObjectNode info(Map<String, String> arguments) {
        ObjectNode answer = json();
        answer.set("channel", channelJson(workspace.byId(required(arguments, "channel", "channel_not_found"))));
        return answer;
    }

    private static ObjectNode channelJson(SlackWorkspace.Channel channel) {
        return json().put("id", channel.id())
                .put("name", channel.name())
                .put("is_channel", true)
                .put("is_member", channel.member())
                .put("is_archived", channel.archived());
    }

    private ObjectNode history(Map<String, String> arguments) {
        var channel = readable(arguments);
        return messages(workspace.history(channel.id(), arguments.getOrDefault("oldest", "0")), arguments);
    }

    private ObjectNode replies(Map<String, String> arguments) {
        var channel = readable(arguments);
        String thread = required(arguments, "ts", "thread_not_found");
        return messages(workspace.replies(channel.id(), thread, arguments.getOrDefault("oldest", "0")), arguments);
    }

    private SlackWorkspace.Channel readable(Map<String, String> arguments) {
        var channel = workspace.byId(required(arguments, "channel", "channel_not_found"));
        if (!channel.member()) {
            throw new SlackRefusal("not_in_channel");
        }
        return channel;
    }

    private static ObjectNode messages(List<Shown> all, Map<String, String> arguments) {
        boolean withMetadata = List.of("1", "true").contains(arguments.getOrDefault("include_all_metadata", "0"));
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        ObjectNode answer = json();
        page(all, arguments, answer).forEach(message -> messages.add(message.toJson(withMetadata)));
        answer.set("messages", messages);
        return answer;
    }

    /** A page of a list; the cursor of the next one goes into the answer. */
    private static <T> List<T> page(List<T> all, Map<String, String> arguments, ObjectNode answer) {
        int limit = number(arguments.getOrDefault("limit", Integer.toString(PAGE)), "invalid_limit");
        String cursor = arguments.getOrDefault("cursor", "");
        int from = cursor.isEmpty() ? 0 : number(cursor, "invalid_cursor");
        int to = Math.min(all.size(), from + limit);
        if (limit < 1 || limit > 1000 || from > all.size()) {
            throw new SlackRefusal(from > all.size() ? "invalid_cursor" : "invalid_limit");
        }
        answer.putObject("response_metadata").put("next_cursor", to < all.size() ? Integer.toString(to) : "");
        return all.subList(from, to);
    }

    private static int number(String text, String otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SlackRefusal(otherwise);
        }
    }

    private ObjectNode viewsOpen(Map<String, String> arguments) {
        ObjectNode answer = json();
        answer.set(
                "view",
                views.open(
                        required(arguments, "trigger_id", "invalid_arguments"),
                        read(required(arguments, "view", "invalid_arguments"), "invalid_arguments")));
        return answer;
    }

    private static String text(Map<String, String> arguments, JsonNode blocks) {
        String text = arguments.getOrDefault("text", "");
        if (text.isEmpty() && blocks.isMissingNode()) {
            throw new SlackRefusal("no_text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new SlackRefusal("msg_too_long");
        }
        return text;
    }

    private static JsonNode blocks(Map<String, String> arguments) {
        String given = arguments.get("blocks");
        if (given == null) {
            return MissingNode.getInstance();
        }
        JsonNode blocks = read(given, "invalid_blocks_format");
        List<String> problems = BlockRules.ofMessage(blocks);
        if (!problems.isEmpty()) {
            throw new SlackRefusal("invalid_blocks", problems);
        }
        if (given.length() > BlockRules.LONGEST_MESSAGE) {
            throw new SlackRefusal("msg_blocks_too_long");
        }
        return blocks;
    }

    private static JsonNode metadata(Map<String, String> arguments) {
        String given = arguments.get("metadata");
        if (given == null) {
            return MissingNode.getInstance();
        }
        JsonNode metadata = read(given, "invalid_metadata_format");
        if (metadata.path("event_type").asText().isEmpty()
                || !metadata.path("event_payload").isObject()) {
            throw new SlackRefusal("invalid_metadata_schema");
        }
        return metadata;
    }

    private ObjectNode shown(Shown shown) {
        ObjectNode answer = json().put("channel", shown.channel()).put("ts", shown.id());
        answer.put("text", shown.text());
        answer.set("message", shown.toJson(true));
        return answer;
    }

    private static JsonNode read(String text, String otherwise) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new SlackRefusal(otherwise);
        }
    }

    private static String required(Map<String, String> arguments, String name, String otherwise) {
        String value = arguments.get(name);
        if (value == null || value.isEmpty()) {
            throw new SlackRefusal(otherwise);
        }
        return value;
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
