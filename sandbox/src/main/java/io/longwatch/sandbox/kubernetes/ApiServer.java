package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetClient;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The HTTP side: one event loop on a free port of the loopback address. */
final class ApiServer implements AutoCloseable {
    private static final Duration TICK_WHILE_WATCHED = Duration.ofMillis(200);
    private static final Duration START_AND_STOP = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Gate gate;
    private final Routes routes;
    private final Vertx vertx;
    private final NetClient network;
    private final HttpServer server;
    private final AtomicInteger watchers = new AtomicInteger();

    ApiServer(Cluster cluster, Gate gate) {
        this.cluster = cluster;
        this.gate = gate;
        this.routes = cluster.routes(gate.permissions());
        // It serves no files; a folder for those of the class path would be left behind by an early Ctrl-C.
        FileSystemOptions noFiles =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setFileSystemOptions(noFiles));
        this.network = vertx.createNetClient();
        HttpServerOptions options =
                new HttpServerOptions().setMaxInitialLineLength(64 * 1024).addWebSocketSubProtocol("v4.channel.k8s.io");
        this.server = await(vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
        vertx.setPeriodic(TICK_WHILE_WATCHED.toMillis(), timer -> {
            if (watchers.get() > 0) {
                cluster.tick();
            }
        });
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(START_AND_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the Kubernetes stand-in starts or stops", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the Kubernetes stand-in does not start or stop", e);
        }
    }

    private void handle(HttpServerRequest http) {
        boolean upgrade = "websocket".equalsIgnoreCase(http.getHeader("Upgrade"));
        ApiRequest bare = ApiRequest.of(http, Tree.object());
        if (bare.asks("watch")) {
            serve(http, bare, request -> watch(http, request, upgrade));
        } else if (upgrade) {
            serve(http, bare, request -> forward(http, request));
        } else {
            http.body().onSuccess(body -> answer(http, body));
        }
    }

    private void answer(HttpServerRequest http, Buffer body) {
        ApiRequest request = ApiRequest.of(http, Tree.object());
        KubernetesRequest described = Gate.describe(request, cluster.clock().instant());
        ApiAnswer answer;
        try {
            if (request.mediaType().equals("application/vnd.kubernetes.protobuf")) {
                throw ApiError.unsupportedBody(request.mediaType());
            }
            ApiRequest whole = ApiRequest.of(http, Body.parse(body.toString(StandardCharsets.UTF_8)));
            answer = cluster.at(store -> {
                gate.admit(whole, described);
                ApiAnswer done = routes.answer(whole);
                gate.record(described, done.code());
                return done;
            });
        } catch (ApiError e) {
            gate.record(described, e.code());
            answer = ApiAnswer.error(e);
        } catch (RuntimeException e) {
            // A fault of the stand-in itself must not leave the client waiting.
            gate.record(described, 500);
            answer = ApiAnswer.error(ApiError.of(500, "InternalError", "the stand-in failed: " + e));
        }
        try {
            gate.release(described);
        } catch (ApiError e) {
            answer = ApiAnswer.error(e);
        }
        send(http.response(), answer);
    }

    private static void send(HttpServerResponse response, ApiAnswer answer) {
        if (answer.code() == 429) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(answer.code())
                .putHeader("Content-Type", answer.contentType())
                .end(answer.text());
    }

    /** For what stays open: admits it, or answers the error. */
    private void serve(HttpServerRequest http, ApiRequest request, Consumer<ApiRequest> open) {
        KubernetesRequest described = Gate.describe(request, cluster.clock().instant());
        try {
            gate.admit(request, described);
            open.accept(request);
            gate.record(described, 200);
        } catch (ApiError e) {
            gate.record(described, e.code());
            send(http.response(), ApiAnswer.error(e));
        }
    }

    private static RequestPath pathOf(ApiRequest request) {
        return RequestPath.parse(request.path()).orElseThrow(ApiError::noSuchPath);
    }

    private void watch(HttpServerRequest http, ApiRequest request, boolean upgrade) {
        ObjectKey collection = pathOf(request).key();
        if (upgrade) {
            http.toWebSocket().onSuccess(socket -> {
                Runnable stop = follow(collection, request, socket::writeTextMessage, socket::close);
                socket.closeHandler(end -> stop.run());
            });
        } else {
            HttpServerResponse response = http.response();
            response.setChunked(true).putHeader("Content-Type", "application/json");
            response.writeHead();
            Runnable stop = follow(collection, request, line -> response.write(line + "\n"), response::end);
            response.closeHandler(end -> stop.run());
        }
    }

    /** Lets a client follow a collection; the answer ends it. */
    private Runnable follow(ObjectKey collection, ApiRequest request, Consumer<String> sink, Runnable end) {
        Context context = vertx.getOrCreateContext();
        watchers.incrementAndGet();
        Consumer<String> later = event -> context.runOnContext(go -> sink.accept(event));
        WatchStream stream = cluster.at(store -> {
            WatchStream opened = new WatchStream(store, collection, request, later);
            if (!opened.open(request.query("resourceVersion"))) {
                context.runOnContext(go -> end.run());
            }
            return opened;
        });
        String timeout = request.query("timeoutSeconds");
        long timer = timeout.isEmpty()
                ? -1
                : vertx.setTimer(Math.max(1, Long.parseLong(timeout)) * 1000, fired -> end.run());
        return () -> {
            watchers.decrementAndGet();
            vertx.cancelTimer(timer);
            cluster.at(store -> {
                stream.close();
                return stream;
            });
        };
    }

    private void forward(HttpServerRequest http, ApiRequest request) {
        RequestPath path = pathOf(request);
        if (!path.subresource().equals("portforward")) {
            throw ApiError.badRequest("Upgrade request required");
        }
        int port = Integer.parseInt(request.query("ports"));
        ObjectNode pod = cluster.at(store -> store.get(path.key()));
        if (!Tree.text(pod, "status", "phase").equals("Running")) {
            throw PortForward.notRunning(pod);
        }
        Optional<InetSocketAddress> address = PortForward.addressOf(cluster.pods(), pod, port);
        http.toWebSocket().onSuccess(socket -> PortForward.open(socket, port, address, network));
    }
}
