package io.longwatch.sandbox.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for AWS on a free port of loopback: RDS DescribeDBInstances and ElastiCache DescribeCacheClusters and
 * DescribeReplicationGroups by the query protocol, MSK ListClustersV2 and DescribeClusterV2 by REST. Resources are what
 * it was told last; an unknown id, an unknown access key and throttling are answered as AWS does.
 *
 * <p>Not modelled: signatures (only the access key that they name is looked at), permissions, paging, any other
 * operation, regions, and the hundred fields that nobody asks for.
 */
public final class CloudStandIn implements AutoCloseable {
    /** The only access key that is known. */
    public static final String ACCESS_KEY = "AKIASANDBOX";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Database> databases = new TreeMap<>();
    private final Map<String, Cache> caches = new TreeMap<>();
    private final Map<String, ReplicationGroup> groups = new TreeMap<>();
    private final Map<String, Broker> brokers = new TreeMap<>();
    private boolean throttled;

    private CloudStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public static CloudStandIn start() throws IOException {
        return new CloudStandIn();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A database instance of RDS. */
    public record Database(
            String id, String status, String instanceClass, String engine, String engineVersion, boolean multiAz) {}

    /** A cluster of ElastiCache. */
    public record Cache(String id, String status, String nodeType, String engine, String engineVersion, int nodes) {}

    /** A replication group of ElastiCache. */
    public record ReplicationGroup(String id, String status, String nodeType, int members, boolean multiAz) {}

    /** A provisioned cluster of MSK. */
    public record Broker(String name, String state, String instanceType, String kafkaVersion, int brokers) {
        String arn() {
            return "arn:aws:kafka:eu-central-1:123456789012:cluster/" + name
                    + "/5f1b3c1e-0000-4000-8000-000000000000-1";
        }
    }

    public synchronized void put(Database database) {
        databases.put(database.id(), database);
    }

    public synchronized void put(Cache cache) {
        caches.put(cache.id(), cache);
    }

    public synchronized void put(ReplicationGroup group) {
        groups.put(group.id(), group);
    }

    public synchronized void put(Broker broker) {
        brokers.put(broker.name(), broker);
    }

    /** Whether every request is answered with "slow down". */
    public synchronized void throttle(boolean now) {
        throttled = now;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply;
            synchronized (this) {
                reply = exchange.getRequestMethod().equals("POST") ? query(exchange, form(body)) : rest(exchange);
            }
            reply.send(exchange);
        }
    }

    private Reply query(HttpExchange exchange, Map<String, String> request) {
        String action = request.getOrDefault("Action", "");
        if (throttled) {
            return Reply.xmlError(400, "Throttling", "Rate exceeded");
        }
        if (!isKnown(exchange)) {
            return Reply.xmlError(
                    403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        return switch (action) {
            case "DescribeDBInstances" -> database(request.getOrDefault("DBInstanceIdentifier", ""));
            case "DescribeCacheClusters" -> cache(request.getOrDefault("CacheClusterId", ""));
            case "DescribeReplicationGroups" -> group(request.getOrDefault("ReplicationGroupId", ""));
            default -> Reply.xmlError(400, "InvalidAction", "Could not find operation " + action);
        };
    }

    private Reply database(String id) {
        if (id.isEmpty()) {
            return Reply.xml(
                    "DescribeDBInstances", "rds.amazonaws.com/doc/2014-10-31", Documents.of(databases.values()));
        }
        Database found = databases.get(id.substring(id.lastIndexOf(':') + 1));
        return found == null
                ? Reply.xmlError(404, "DBInstanceNotFound", "DBInstance " + id + " not found.")
                : Reply.xml("DescribeDBInstances", "rds.amazonaws.com/doc/2014-10-31", Documents.of(List.of(found)));
    }

    private Reply cache(String id) {
        Cache found = caches.get(id);
        return found == null
                ? Reply.xmlError(404, "CacheClusterNotFound", "CacheCluster not found: " + id)
                : Reply.xml("DescribeCacheClusters", "elasticache.amazonaws.com/doc/2015-02-02", Documents.of(found));
    }

    private Reply group(String id) {
        ReplicationGroup found = groups.get(id);
        return found == null
                ? Reply.xmlError(404, "ReplicationGroupNotFoundFault", "ReplicationGroup " + id + " not found.")
                : Reply.xml(
                        "DescribeReplicationGroups", "elasticache.amazonaws.com/doc/2015-02-02", Documents.of(found));
    }

    private Reply rest(HttpExchange exchange) throws IOException {
        if (throttled) {
            return Reply.jsonError(429, "TooManyRequestsException", "Rate exceeded");
        }
        if (!isKnown(exchange)) {
            return Reply.jsonError(403, "ForbiddenException", "The security token included in the request is invalid.");
        }
        URI uri = exchange.getRequestURI();
        String root = "/api/v2/clusters";
        if (uri.getPath().equals(root)) {
            String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
            String prefix = form(query).getOrDefault("clusterNameFilter", "");
            List<Map<String, Object>> found = brokers.values().stream()
                    .filter(broker -> broker.name().startsWith(prefix))
                    .map(Documents::of)
                    .toList();
            return Reply.json(200, JSON.writeValueAsString(Map.of("clusterInfoList", found)));
        }
        String arn = uri.getPath().startsWith(root + "/") ? uri.getPath().substring(root.length() + 1) : "";
        Broker found = byArn(arn);
        return found == null
                ? Reply.jsonError(404, "NotFoundException", "The cluster does not exist.")
                : Reply.json(200, JSON.writeValueAsString(Map.of("clusterInfo", Documents.of(found))));
    }

    private @Nullable Broker byArn(String arn) {
        return brokers.values().stream()
                .filter(broker -> broker.arn().equals(arn))
                .findFirst()
                .orElse(null);
    }

    private static boolean isKnown(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization != null
                && authorization.startsWith("AWS4-HMAC-SHA256")
                && authorization.contains("Credential=" + ACCESS_KEY + "/");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1);
                form.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
