package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What Slack sends to an app when someone presses a button or sends a dialog. */
final class SlackPayloads {
    private SlackPayloads() {}

    static ObjectNode press(
            String user, SlackWorkspace.Channel channel, Shown message, JsonNode button, String trigger) {
        ObjectNode payload = begin("block_actions", user).put("trigger_id", trigger);
        ObjectNode container = payload.putObject("container");
        container.put("type", "message").put("message_ts", message.id()).put("channel_id", channel.id());
        container.put("is_ephemeral", false);
        payload.putObject("channel").put("id", channel.id()).put("name", channel.name());
        payload.set("message", message.toJson(false));
        payload.putObject("state").putObject("values");
        payload.put("response_url", "http://127.0.0.1:1/not-modelled");
        ObjectNode action = payload.putArray("actions").addObject();
        action.put("type", "button").put("action_ts", message.id());
        for (String field : new String[] {"action_id", "block_id", "value", "style"}) {
            if (button.has(field)) {
                action.put(field, button.path(field).asText());
            }
        }
        action.set("text", button.path("text"));
        return payload;
    }

    static ObjectNode submission(String user, ObjectNode view, String words) {
        ObjectNode payload = begin("view_submission", user);
        ObjectNode sent = view.deepCopy();
        ObjectNode values = sent.putObject("state").putObject("values");
        for (JsonNode block : view.path("blocks")) {
            if ("input".equals(block.path("type").asText())) {
                values.putObject(block.path("block_id").asText())
                        .putObject(block.path("element").path("action_id").asText())
                        .put("type", "plain_text_input")
                        .put("value", words);
            }
        }
        payload.set("view", sent);
        return payload;
    }

    private static ObjectNode begin(String type, String user) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("type", type).put("api_app_id", "A0LONGWATCH").put("token", "not-modelled");
        payload.putObject("team").put("id", "T0SANDBOX").put("domain", "sandbox");
        payload.putObject("user").put("id", user).put("username", user).put("team_id", "T0SANDBOX");
        return payload;
    }
}
