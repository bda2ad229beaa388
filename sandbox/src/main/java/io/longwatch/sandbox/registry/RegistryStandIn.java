package io.longwatch.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a container registry on a free port of loopback: pushing and pulling by the OCI distribution API, with
 * blobs uploaded whole or in chunks, digests verified, manifests by tag and by digest, listing of tags and removal. It
 * refuses a manifest whose blobs it does not have, and everything without its credentials if it was given some.
 *
 * <p>Not modelled: TLS, login by token, ranges of a blob, referrers, content negotiation. All is kept in memory.
 */
public final class RegistryStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH =
            Pattern.compile("/v2/(?<name>.+)/(?<kind>blobs/uploads|blobs|manifests|tags)/(?<rest>[^/]*)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Front front;
    private final @Nullable String credentials;
    private final Map<String, Store> stores = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new HashMap<>();
    private final List<String> pushes = new ArrayList<>();
    private boolean removes = true;
    private boolean redirectsRemoval;
    private int page = Integer.MAX_VALUE;

    private RegistryStandIn(@Nullable String credentials) throws IOException {
        this.credentials = credentials;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::handle);
        server.setExecutor(threads);
        server.start();
        this.front = new Front(server.getAddress().getPort(), threads);
    }

    public static RegistryStandIn start() throws IOException {
        return new RegistryStandIn(null);
    }

    /** One that asks for Basic credentials. */
    public static RegistryStandIn startWithLogin(String user, String password) throws IOException {
        String pair = user + ":" + password;
        return new RegistryStandIn(
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + front.port();
    }

    /** Tags and digests that manifests were pushed under, {@code name:tag}, in the order of arrival. */
    public synchronized List<String> pushes() {
        return List.copyOf(pushes);
    }

    /** Digest under a tag; empty if there is none. */
    public synchronized Optional<String> digest(String name, String tag) {
        return store(name).manifest(tag).map(Store.Stored::digest);
    }

    /** Puts another tag on an image, as someone else's push would. */
    public synchronized void retag(String name, String tag, String otherTag) {
        Store.Stored manifest = store(name).manifest(tag).orElseThrow();
        store(name).add(otherTag, manifest);
    }

    /** From now on nothing is removed, as on a registry with removal switched off. */
    public synchronized void refuseRemoval() {
        removes = false;
    }

    /** From now on a list of tags comes in pages of at most so many. */
    public synchronized void listByPages(int tags) {
        page = tags;
    }

    /** From now on who removes something is sent elsewhere, as by a gateway. */
    public synchronized void redirectRemoval() {
        redirectsRemoval = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (this) {
                answer(exchange, body).send(exchange);
            }
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        if (credentials != null
                && !credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return Answer.error(401, "UNAUTHORIZED", "authentication required")
                    .with("WWW-Authenticate", "Basic realm=\"stand-in\"");
        }
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/v2/")) {
            return Answer.json(200, "{}");
        }
        if (redirectsRemoval && exchange.getRequestMethod().equals("DELETE")) {
            return Answer.empty(307).with("Location", path);
        }
        Matcher found = PATH.matcher(path);
        if (!found.matches()) {
            return Answer.error(404, "NAME_UNKNOWN", "no such path: " + path);
        }
        Store store = store(found.group("name"));
        String rest = found.group("rest");
        return switch (found.group("kind")) {
            case "blobs/uploads" -> upload(exchange, found.group("name"), rest, body);
            case "blobs" -> blob(exchange.getRequestMethod(), store, rest);
            case "manifests" -> manifest(exchange, found.group("name"), rest, body);
            default -> tags(exchange, found.group("name"), store);
        };
    }

    private Answer upload(HttpExchange exchange, String name, String id, byte[] body) throws IOException {
        String digest = parameter(exchange, "digest");
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                if (digest != null) {
                    return finish(name, body, digest);
                }
                String mounted = parameter(exchange, "mount");
                String from = parameter(exchange, "from");
                byte[] known =
                        mounted == null || from == null ? null : store(from).blob(mounted);
                if (known != null && mounted != null) {
                    return finish(name, known, mounted);
                }
                String upload = UUID.randomUUID().toString();
                uploads.put(upload, new ByteArrayOutputStream());
                return accepted(name, upload);
            }
            case "PATCH" -> {
                return chunk(exchange, name, id, body);
            }
            case "PUT" -> {
                ByteArrayOutputStream upload = uploads.remove(id);
                if (upload == null || digest == null) {
                    return Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
                }
                upload.write(body);
                return finish(name, upload.toByteArray(), digest);
            }
            case "GET" -> {
                return uploads.containsKey(id)
                        ? Answer.empty(204)
                                .with(
                                        "Range",
                                        "0-" + Math.max(0, uploads.get(id).size() - 1))
                        : Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
            }
            case "DELETE" -> {
                return uploads.remove(id) == null
                        ? Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload")
                        : Answer.empty(204);
            }
            default -> {
                return Answer.error(405, "UNSUPPORTED", "no such method");
            }
        }
    }

    private Answer chunk(HttpExchange exchange, String name, String id, byte[] body) throws IOException {
        ByteArrayOutputStream upload = uploads.get(id);
        if (upload == null) {
            return Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
        }
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (range != null && !range.startsWith(upload.size() + "-")) {
            return Answer.error(416, "BLOB_UPLOAD_INVALID", "chunk out of order");
        }
        upload.write(body);
        return accepted(name, id).with("Range", "0-" + Math.max(0, upload.size() - 1));
    }

    private static Answer accepted(String name, String upload) {
        return Answer.empty(202)
                .with("Location", "/v2/" + name + "/blobs/uploads/" + upload)
                .with("Docker-Upload-UUID", upload);
    }

    private Answer finish(String name, byte[] bytes, String digest) {
        if (!Store.digestOf(bytes).equals(digest)) {
            return Answer.error(400, "DIGEST_INVALID", "the blob has another digest than " + digest);
        }
        store(name).addBlob(bytes);
        return Answer.empty(201)
                .with("Location", "/v2/" + name + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest);
    }

    private Answer blob(String method, Store store, String digest) {
        byte[] bytes = store.blob(digest);
        if (bytes == null) {
            return Answer.error(404, "BLOB_UNKNOWN", "no such blob");
        }
        return switch (method) {
            case "GET", "HEAD" ->
                Answer.of(200, "application/octet-stream", bytes).with("Docker-Content-Digest", digest);
            case "DELETE" -> {
                boolean removed = removes && store.removeBlob(digest);
                yield removed ? Answer.empty(202) : Answer.error(405, "UNSUPPORTED", "removal is switched off");
            }
            default -> Answer.error(405, "UNSUPPORTED", "no such method");
        };
    }

    private Answer manifest(HttpExchange exchange, String name, String reference, byte[] body) throws IOException {
        Store store = store(name);
        if (exchange.getRequestMethod().equals("PUT")) {
            return push(exchange, name, reference, body);
        }
        Optional<Store.Stored> found = store.manifest(reference);
        if (found.isEmpty()) {
            return Answer.error(404, "MANIFEST_UNKNOWN", "no manifest " + reference);
        }
        Store.Stored manifest = found.get();
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" ->
                Answer.of(200, manifest.mediaType(), manifest.bytes()).with("Docker-Content-Digest", manifest.digest());
            case "DELETE" ->
                removes && store.remove(reference)
                        ? Answer.empty(202)
                        : Answer.error(405, "UNSUPPORTED", "removal is switched off");
            default -> Answer.error(405, "UNSUPPORTED", "no such method");
        };
    }

    private Answer push(HttpExchange exchange, String name, String reference, byte[] body) throws IOException {
        Store store = store(name);
        for (String needed : neededBy(JSON.readTree(body))) {
            if (!store.has(needed)) {
                return Answer.error(400, "MANIFEST_BLOB_UNKNOWN", "the manifest names " + needed + ", never pushed");
            }
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        var manifest = new Store.Stored(type == null ? "application/vnd.oci.image.manifest.v1+json" : type, body);
        if (reference.startsWith("sha256:") && !reference.equals(manifest.digest())) {
            return Answer.error(400, "DIGEST_INVALID", "the manifest has another digest than " + reference);
        }
        store.add(reference, manifest);
        pushes.add(name + (reference.startsWith("sha256:") ? "@" : ":") + reference);
        return Answer.empty(201)
                .with("Location", "/v2/" + name + "/manifests/" + manifest.digest())
                .with("Docker-Content-Digest", manifest.digest());
    }

    private static List<String> neededBy(JsonNode manifest) {
        List<String> needed = new ArrayList<>();
        manifest.path("config").path("digest").asText("").lines().forEach(needed::add);
        manifest.path("layers").forEach(layer -> needed.add(layer.path("digest").asText()));
        manifest.path("manifests")
                .forEach(entry -> needed.add(entry.path("digest").asText()));
        return needed;
    }

    private Answer tags(HttpExchange exchange, String name, Store store) throws IOException {
        if (store.tags().isEmpty()) {
            return Answer.error(404, "NAME_UNKNOWN", "no repository " + name);
        }
        String last = parameter(exchange, "last");
        String wanted = parameter(exchange, "n");
        List<String> left = store.tags().stream()
                .filter(tag -> last == null || tag.compareTo(last) > 0)
                .toList();
        int size = Math.min(page, wanted == null ? page : Integer.parseInt(wanted));
        List<String> shown = left.subList(0, Math.min(size, left.size()));
        Answer answer = Answer.json(200, JSON.writeValueAsString(Map.of("name", name, "tags", shown)));
        return shown.size() == left.size()
                ? answer
                : answer.with(
                        "Link",
                        "</v2/" + name + "/tags/list?last=" + shown.get(shown.size() - 1) + "&n=" + size
                                + ">; rel=\"next\"");
    }

    private Store store(String name) {
        return stores.computeIfAbsent(name, unknown -> new Store());
    }

    private static @Nullable String parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        front.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
