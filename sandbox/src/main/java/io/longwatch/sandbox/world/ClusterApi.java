package io.longwatch.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the world itself asks of the cluster, in the API's own words. */
final class ClusterApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client;

    ClusterApi(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /** An object or a list; an empty object if there is none. */
    JsonNode get(String path) {
        HttpResponse<String> answer = send(request(path).GET().build());
        return read(answer.statusCode() == 404 ? "{}" : checked(answer, path));
    }

    void create(String path, Object object) {
        checked(
                send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.valueToTree(object).toString()))
                        .build()),
                path);
    }

    /** Applies a manifest as an earlier release did. */
    void apply(String path, String manifest) {
        checked(
                send(request(path + "?fieldManager=longwatch")
                        .header("Content-Type", "application/apply-patch+yaml")
                        .method("PATCH", BodyPublishers.ofString(manifest))
                        .build()),
                path);
    }

    /** What a Secret holds. */
    Map<String, String> secret(String namespace, String name) {
        Map<String, String> values = new LinkedHashMap<>();
        get("/api/v1/namespaces/" + namespace + "/secrets/" + name)
                .path("data")
                .properties()
                .forEach(field -> values.put(
                        field.getKey(),
                        new String(Base64.getDecoder().decode(field.getValue().asText()), StandardCharsets.UTF_8)));
        return values;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox's cluster answers", e);
        }
    }

    private static String checked(HttpResponse<String> answer, String path) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(
                    "the sandbox's cluster answers " + answer.statusCode() + " to " + path + ": " + answer.body());
        }
        return answer.body();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
