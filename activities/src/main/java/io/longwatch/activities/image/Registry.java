package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry's manifests, configurations and tags by the OCI distribution API. */
final class Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 8 << 20;
    private static final int TAGS = 1000;
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final RegistryConnection connection;
    private final HttpClient http;
    private final Login login;

    Registry(RegistryConnection connection) {
        this.connection = connection;
        this.http = HttpClient.newBuilder()
                .connectTimeout(connection.timeout())
                .followRedirects(Redirect.NEVER)
                .build();
        this.login = new Login(connection, http);
    }

    RegistryConnection connection() {
        return connection;
    }

    /** Asks whether it serves the API to us. */
    void greet() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("GET", connection.api(), Optional.empty());
        if (response.statusCode() == 401) {
            response.body().close();
            response = send("GET", connection.api(), Optional.of(login.answer(response.headers(), "")));
        }
        check(response, read(response), "/v2/");
    }

    /** The manifest under a tag or digest; empty if there is none. */
    Optional<Manifest> manifest(String repository, String reference) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("GET", repository, "manifests/" + reference);
        byte[] body = read(response);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        check(response, body, repository + " " + reference);
        Manifest manifest = new Manifest(Digests.sha256(body), body.length, JSON.readTree(body));
        if (reference.startsWith("sha256:") && !reference.equals(manifest.digest())) {
            throw new RegistryRefusal(
                    502, "registry " + connection.host() + " answered " + manifest.digest() + " for " + reference);
        }
        return Optional.of(manifest);
    }

    /** A configuration, checked against its digest. */
    JsonNode configuration(String repository, String digest) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("GET", repository, "blobs/" + digest);
        byte[] body = read(response);
        check(response, body, repository + "@" + digest);
        if (!Digests.sha256(body).equals(digest)) {
            throw new RegistryRefusal(502, "registry " + connection.host() + " answered another blob for " + digest);
        }
        return JSON.readTree(body);
    }

    /** Tags of a repository, at most 1,000 of them. */
    List<String> tags(String repository) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("GET", repository, "tags/list?n=" + TAGS);
        byte[] body = read(response);
        check(response, body, repository);
        List<String> tags = new ArrayList<>();
        JSON.readTree(body).path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** Removes a manifest; false if the registry removes none. */
    boolean remove(String repository, String digest) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("DELETE", repository, "manifests/" + digest);
        byte[] body = read(response);
        if (response.statusCode() == 405) {
            return false;
        }
        if (response.statusCode() != 404) {
            check(response, body, repository + "@" + digest);
        }
        return true;
    }

    private HttpResponse<InputStream> send(String method, String repository, String path)
            throws IOException, InterruptedException {
        URI uri = connection.api().resolve(repository + "/" + path);
        HttpResponse<InputStream> response = send(method, uri, login.authorization(repository));
        if (response.statusCode() == 401) {
            response.body().close();
            String authorization = login.answer(response.headers(), repository);
            response = send(method, uri, Optional.of(authorization));
        }
        return response.statusCode() / 100 == 3 ? follow(response) : response;
    }

    /** Follows one redirect, to where a blob is stored, without the registry's credentials. */
    private HttpResponse<InputStream> follow(HttpResponse<InputStream> response)
            throws IOException, InterruptedException {
        response.body().close();
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new RegistryRefusal(502, "registry " + connection.host() + " redirects nowhere"));
        URI target = response.uri().resolve(location);
        if (!connection.insecure() && !"https".equals(target.getScheme())) {
            throw new RegistryRefusal(502, "registry " + connection.host() + " redirects to an unencrypted address");
        }
        return send("GET", target, Optional.empty());
    }

    private HttpResponse<InputStream> send(String method, URI uri, Optional<String> authorization)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(connection.timeout())
                .method(method, BodyPublishers.noBody())
                .header("Accept", MANIFESTS);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static byte[] read(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] read = body.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw new RegistryRefusal(502, "answer of more than " + LARGEST + " bytes from " + response.uri());
            }
            return read;
        }
    }

    private void check(HttpResponse<InputStream> response, byte[] body, String what) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new RegistryRefusal(
                    response.statusCode(),
                    "registry " + connection.host() + " answered " + response.statusCode() + " for " + what
                            + reason(body));
        }
    }

    private static String reason(byte[] body) {
        try {
            String message =
                    JSON.readTree(body).path("errors").path(0).path("message").asText();
            return message.isEmpty() ? "" : ": " + message.substring(0, Math.min(message.length(), 200));
        } catch (IOException notJson) {
            return "";
        }
    }
}
