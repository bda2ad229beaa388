package io.longwatch.actions.http;

import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request of a list. What it leaves out it takes from the step; headers are added to the step's. */
public record HttpCase(
        @Field(value = "Name of the case, unique in the step; its number by default", example = "oura") @Nullable
        String name,

        @Field(value = "Absolute address, or a path below the connection or tunnel", example = "/webhooks/oura")
        @Nullable
        String url,

        @Field(value = "Method; the step's by default", example = "POST") @Nullable
        String method,

        @Field(value = "Headers, added to the step's", example = "{Origin: 'https://app.auren.health'}") @Nullable
        Map<String, String> headers,

        @Field(value = "Body as it is sent", example = "ping") @Nullable
        String body,

        @Field(value = "Body as a structure, sent as JSON", example = "{user_id: test_prod_001}") @Nullable
        Map<String, Object> json,

        @Field(value = "Credentials; the step's by default", example = "{none: true}") @Nullable
        HttpAuth auth,

        @Field(
                value = "Signature of the body; the step's by default",
                example = "{header: X-Oura-Signature, secret: OURA_WEBHOOK_SECRET}")
        @Nullable
        HttpSignature signature,

        @Field(value = "Statuses that are right; the step's by default", example = "[401]") @Nullable
        List<Integer> expectStatus,

        @Field(value = "Headers the answer must have, with these values", example = "{Content-Type: application/json}")
        @Nullable
        Map<String, String> expectHeaders,

        @Field(value = "Values the JSON body must have, by JSON pointer", example = "{/status: healthy}") @Nullable
        Map<String, Object> expectJson) {
    private static final int LONGEST_NAME = 40;

    public HttpCase {
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException(
                    "case name '" + name + "' must have 1 to " + LONGEST_NAME + " characters");
        }
        if (body != null && json != null) {
            throw new IllegalArgumentException(
                    (name == null ? "the request" : "case '" + name + "'") + " has both body and json; write one");
        }
        for (int status : expectStatus == null ? List.<Integer>of() : expectStatus) {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("expectStatus " + status + " is no HTTP status; write 100 to 599");
            }
        }
        for (String pointer : expectJson == null ? List.<String>of() : expectJson.keySet()) {
            if (!pointer.isEmpty() && !pointer.startsWith("/")) {
                throw new IllegalArgumentException(
                        "expectJson '" + pointer + "' is no JSON pointer; write /field or /list/0/field");
            }
        }
        headers = copy(headers);
        json = copy(json);
        expectStatus = expectStatus == null ? null : List.copyOf(expectStatus);
        expectHeaders = copy(expectHeaders);
        expectJson = copy(expectJson);
    }

    /** This case with what it leaves out taken from {@code defaults}. */
    public HttpCase over(HttpCase defaults) {
        boolean ownBody = body != null || json != null;
        return new HttpCase(
                either(name, defaults.name),
                either(url, defaults.url),
                either(method, defaults.method),
                merged(defaults.headers, headers),
                ownBody ? body : defaults.body,
                ownBody ? json : defaults.json,
                either(auth, defaults.auth),
                either(signature, defaults.signature),
                either(expectStatus, defaults.expectStatus),
                either(expectHeaders, defaults.expectHeaders),
                either(expectJson, defaults.expectJson));
    }

    /** This case under a name. */
    public HttpCase named(String newName) {
        return new HttpCase(
                newName, url, method, headers, body, json, auth, signature, expectStatus, expectHeaders, expectJson);
    }

    static <V extends @Nullable Object> @Nullable Map<String, V> copy(@Nullable Map<String, V> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    private static @Nullable Map<String, String> merged(
            @Nullable Map<String, String> defaults, @Nullable Map<String, String> own) {
        if (defaults == null || own == null) {
            return own == null ? defaults : own;
        }
        Map<String, String> merged = new LinkedHashMap<>(defaults);
        merged.putAll(own);
        return merged;
    }
}
