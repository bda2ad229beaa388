package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The client library's mock API server, holding objects, with what it lacks of server-side apply: that a new object is
 * created and a live one merged. It runs no controllers and keeps no managed fields.
 */
public final class MockCluster implements AutoCloseable {
    public static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "first-node");
    public static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");

    public final List<String> reads = new CopyOnWriteArrayList<>();

    /** Requests that write, as "PATCH /apis/apps/v1/...". */
    public final List<String> writes = new CopyOnWriteArrayList<>();

    /** Answers given instead of the objects', by the beginning of "METHOD path". */
    public final Map<String, MockResponse> answers = new HashMap<>();

    /** Answers given instead of the objects', by a pattern of the whole "METHOD path". */
    public final Map<String, MockResponse> matching = new HashMap<>();

    public final KubernetesClients clients = new KubernetesClients();
    public final RecordingInvocation invocation = new RecordingInvocation();
    public Instant now = NOW;

    private final KubernetesMockServer server;
    private final KubernetesConnection connection;

    public MockCluster() {
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Objects(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        connection = new KubernetesConnection(
                null, null, URI.create("http://127.0.0.1:" + server.getPort()), null, null, false, "production");
    }

    public KubernetesClient client() {
        return clients.of(connection);
    }

    public ActionContext context() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        var connections = new Connections("production", Map.of("cluster", connection), Map.of());
        return new ActionContext(connections, clock, () -> invocation);
    }

    public KubernetesActions actions() {
        return new KubernetesActions(context(), clients);
    }

    public KubernetesConnection connection() {
        return connection;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    /** Puts an object there as it is, with its status. */
    public <T extends HasMetadata> T holds(T object) {
        return client().resource(object).create();
    }

    /** Puts objects there from YAML. */
    public HasMetadata holds(String yaml) {
        KubernetesResource object = new KubernetesSerialization().unmarshal(yaml);
        return holds((HasMetadata) object);
    }

    public void stopServer() {
        server.destroy();
    }

    @Override
    public void close() {
        clients.close();
        server.destroy();
    }

    private final class Objects extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String line = request.method() + " " + request.getPath();
            (request.method() == HttpMethod.GET ? reads : writes).add(line);
            for (var answer : answers.entrySet()) {
                if (line.startsWith(answer.getKey())) {
                    return answer.getValue();
                }
            }
            for (var answer : matching.entrySet()) {
                if (line.matches(answer.getKey())) {
                    return answer.getValue();
                }
            }
            return super.dispatch(request);
        }

        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String type = request.getHeader("Content-Type");
            if (type == null || !type.contains("apply-patch")) {
                return super.handlePatch(request);
            }
            String path = request.getPath().replaceAll("\\?.*", "");
            var live = findResource(getKey(path));
            String body = request.getUtf8Body();
            return live == null
                    ? handleCreate(request(HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), body))
                    : handleUpdate(request(HttpMethod.PUT, path, merged(live.getValue(), body)));
        }

        private String merged(String live, String body) {
            ObjectNode object = Trees.parse(live);
            merge(object, Trees.parse(body));
            return object.toString();
        }

        private void merge(ObjectNode live, ObjectNode wished) {
            wished.properties().forEach(field -> {
                if (field.getValue() instanceof ObjectNode below
                        && live.get(field.getKey()) instanceof ObjectNode now) {
                    merge(now, below);
                } else {
                    live.set(field.getKey(), field.getValue());
                }
            });
        }

        private RecordedRequest request(HttpMethod method, String path, String body) {
            Headers headers =
                    Headers.builder().add("Content-Type", "application/json").build();
            return new RecordedRequest(
                    "HTTP/1.1", method, path, headers, new Buffer(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** An attempt whose heartbeats the next attempt sees. */
    public static final class RecordingInvocation implements Invocation {
        public final List<Object> heartbeats = new ArrayList<>();
        public boolean lost;
        public boolean once;

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean once() {
            return once;
        }

        @Override
        public void heartbeat(Object details) {
            if (lost) {
                throw new IllegalStateException("the attempt has lost its lease");
            }
            heartbeats.add(details);
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            Object last = heartbeats.isEmpty() ? null : heartbeats.get(heartbeats.size() - 1);
            return type.isInstance(last) ? Optional.of(type.cast(last)) : Optional.empty();
        }
    }
}
