package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.activities.http.Answer;
import io.longwatch.activities.http.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry's manifests, configurations and tags by the OCI distribution API. */
final class Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 8 << 20;
    private static final int TAGS = 1000;
    private static final int MOST_PAGES = 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final RegistryConnection connection;
    private final Caller caller = Caller.create();
    private final Login login;

    Registry(RegistryConnection connection) {
        this.connection = connection;
        this.login = new Login(connection, caller);
    }

    RegistryConnection connection() {
        return connection;
    }

    /** Asks whether it serves the API to us. */
    void greet() throws IOException {
        Answer answer = send("GET", connection.api(), Optional.empty());
        if (answer.status() == 401) {
            answer = send("GET", connection.api(), Optional.of(login.answer(answer.headers(), "")));
        }
        check(answer, "/v2/");
    }

    /** The manifest under a tag or digest; empty if there is none. */
    Optional<Manifest> manifest(String repository, String reference) throws IOException {
        Answer answer = send("GET", repository, "manifests/" + reference);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        check(answer, repository + " " + reference);
        byte[] body = answer.body();
        Manifest manifest = new Manifest(Digests.sha256(body), body.length, JSON.readTree(body));
        if (reference.startsWith("sha256:") && !reference.equals(manifest.digest())) {
            throw new RegistryRefusal(
                    502, "registry " + connection.host() + " answered " + manifest.digest() + " for " + reference);
        }
        return Optional.of(manifest);
    }

    /** A configuration, checked against its digest. */
    JsonNode configuration(String repository, String digest) throws IOException {
        Answer answer = send("GET", repository, "blobs/" + digest);
        check(answer, repository + "@" + digest);
        if (!Digests.sha256(answer.body()).equals(digest)) {
            throw new RegistryRefusal(502, "registry " + connection.host() + " answered another blob for " + digest);
        }
        return JSON.readTree(answer.body());
    }

    /** Tags of a repository, page by page. */
    Tags tags(String repository) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<URI> page = Optional.of(connection.api().resolve(repository + "/tags/list?n=" + TAGS));
        for (int pages = 0; page.isPresent() && pages < MOST_PAGES; pages++) {
            Answer answer = send("GET", page.get(), repository);
            check(answer, repository);
            JSON.readTree(answer.body()).path("tags").forEach(tag -> names.add(tag.asText()));
            page = next(page.get(), answer);
        }
        return new Tags(names, page.isEmpty());
    }

    /**
     * Tags of a repository.
     *
     * @param names those that were read
     * @param complete whether these are all
     */
    record Tags(List<String> names, boolean complete) {
        Tags {
            names = List.copyOf(names);
        }
    }

    /** Where the next page is, which the registry's credentials follow nowhere else. */
    private Optional<URI> next(URI page, Answer answer) throws RegistryRefusal {
        Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
        if (!link.find()) {
            return Optional.empty();
        }
        URI next = page.resolve(link.group(1));
        if (!Objects.equals(next.getScheme(), page.getScheme())
                || !next.getAuthority().equals(page.getAuthority())) {
            throw new RegistryRefusal(
                    502, "registry " + connection.host() + " continues its list of tags at another address");
        }
        return Optional.of(next);
    }

    /** Removes a manifest; false if the registry removes none. */
    boolean remove(String repository, String digest) throws IOException {
        Answer answer = send("DELETE", repository, "manifests/" + digest);
        if (answer.status() == 405) {
            return false;
        }
        if (answer.status() != 404) {
            check(answer, repository + "@" + digest);
        }
        return true;
    }

    private Answer send(String method, String repository, String path) throws IOException {
        return send(method, connection.api().resolve(repository + "/" + path), repository);
    }

    private Answer send(String method, URI uri, String repository) throws IOException {
        Answer answer = send(method, uri, login.authorization(repository));
        if (answer.status() == 401) {
            String authorization = login.answer(answer.headers(), repository);
            answer = send(method, uri, Optional.of(authorization));
        }
        return answer.status() / 100 == 3 && method.equals("GET") ? follow(uri, answer) : answer;
    }

    /** Follows one redirect, to where a blob is stored, without the registry's credentials. */
    private Answer follow(URI from, Answer answer) throws IOException {
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new RegistryRefusal(502, "registry " + connection.host() + " redirects nowhere"));
        URI target = from.resolve(location);
        if (!connection.insecure() && !"https".equals(target.getScheme())) {
            throw new RegistryRefusal(502, "registry " + connection.host() + " redirects to an unencrypted address");
        }
        return send("GET", target, Optional.empty());
    }

    private Answer send(String method, URI uri, Optional<String> authorization) throws IOException {
        var request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .header("Accept", MANIFESTS);
        authorization.ifPresent(value -> request.header("Authorization", value));
        Answer answer = caller.send(request.build(), LARGEST, connection.timeout());
        if (answer.cut()) {
            throw new RegistryRefusal(
                    502, "registry " + connection.host() + " answered more than " + LARGEST + " bytes");
        }
        return answer;
    }

    private void check(Answer answer, String what) throws IOException {
        if (!answer.successful()) {
            throw new RegistryRefusal(
                    answer.status(),
                    "registry " + connection.host() + " answered " + answer.status() + " for " + what
                            + reason(answer.body()));
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
