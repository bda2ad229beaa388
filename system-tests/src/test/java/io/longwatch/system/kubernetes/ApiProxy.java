package io.longwatch.system.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.system.parts.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Stands between a client and the real API server, and does to the next requests of a method what a test asks for. */
final class ApiProxy implements AutoCloseable {
    private final URI server;
    private final HttpClient http;
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Trouble> troubles = new ConcurrentLinkedDeque<>();
    private final AtomicInteger requests = new AtomicInteger();

    ApiProxy(ControlPlane cluster) {
        try {
            server = cluster.uri();
            http = HttpClient.newBuilder().sslContext(trusting(cluster)).build();
            proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            proxy.createContext("/", this::handle);
            proxy.setExecutor(threads);
            proxy.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no proxy before the API server", e);
        }
    }

    private record Trouble(String method, Answer answer) {}

    /** What becomes of a request. */
    interface Answer {
        void answer(HttpExchange exchange, Forward forward) throws IOException;
    }

    /** Passes the request on to the API server. */
    interface Forward {
        HttpResponse<byte[]> send() throws IOException;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    /** The next request of the method meets this. */
    void next(String method, Answer answer) {
        troubles.add(new Trouble(method, answer));
    }

    /** It is turned away once, as a server that has too much to do does. */
    static Answer tooManyRequests() {
        return (exchange, forward) -> {
            byte[] body = "Too many requests, please try again later.\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(429, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** It arrives and has its effect, but the connection is closed instead of an answer. */
    static Answer lostAnswer() {
        return (exchange, forward) -> forward.send();
    }

    /** Something else happens on the server just before it arrives. */
    static Answer after(Runnable event) {
        return (exchange, forward) -> {
            event.run();
            reply(exchange, forward.send());
        };
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Forward forward = () -> send(exchange, body);
            Trouble trouble = troubles.peek();
            if (trouble != null && trouble.method().equals(exchange.getRequestMethod())) {
                troubles.remove();
                trouble.answer().answer(exchange, forward);
            } else {
                reply(exchange, forward.send());
            }
        }
    }

    private static void reply(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : new String[] {"Authorization", "Content-Type", "Accept"}) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static SSLContext trusting(ControlPlane cluster) throws GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(cluster.caFile())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
