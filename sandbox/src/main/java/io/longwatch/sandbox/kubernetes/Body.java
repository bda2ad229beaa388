package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Reads a request's body: JSON or YAML. */
final class Body {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Body() {}

    static JsonNode parse(String text) {
        String content = text.strip();
        if (content.isEmpty()) {
            return Tree.object();
        }
        try {
            boolean json = content.startsWith("{") || content.startsWith("[");
            return json ? Tree.JSON.readTree(content) : YAML.readTree(content);
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
        }
    }
}
