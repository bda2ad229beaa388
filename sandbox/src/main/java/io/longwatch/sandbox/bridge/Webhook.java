package io.longwatch.sandbox.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An event as a provider sends it.
 *
 * @param source oura, whoop or healthkit
 * @param userId whose it is
 * @param eventType what happened
 * @param payload the body as it came
 */
public record Webhook(String source, String userId, String eventType, String payload) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a body.
     *
     * @throws Unreadable if it is no event
     */
    static Webhook read(String source, String body) throws Unreadable {
        JsonNode event = parse(body);
        String user = event.path("user_id").asText();
        if (user.isEmpty()) {
            throw new Unreadable("the event has no user_id");
        }
        String type = event.path("event_type").asText(event.path("type").asText("samples.added"));
        return new Webhook(source, user, type, body);
    }

    private static JsonNode parse(String body) throws Unreadable {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Unreadable("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    /** A body that is no event. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
