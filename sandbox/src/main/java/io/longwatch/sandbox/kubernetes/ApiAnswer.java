package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** What is answered. */
record ApiAnswer(int code, String contentType, String text) {
    static ApiAnswer ok(JsonNode body) {
        return json(200, body);
    }

    static ApiAnswer json(int code, JsonNode body) {
        return new ApiAnswer(code, "application/json", body.toString());
    }

    static ApiAnswer text(String text) {
        return new ApiAnswer(200, "text/plain", text);
    }

    static ApiAnswer error(ApiError error) {
        return json(error.code(), error.status());
    }
}
