package io.longwatch.sandbox.loopback;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** A request on its way through a load balancer. */
public final class Forwarded {
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    private Forwarded() {}

    /** The same request to another port of this machine, without what concerns the connection alone. */
    public static HttpRequest request(HttpExchange exchange, InetSocketAddress node, byte[] body) {
        URI target = URI.create("http://127.0.0.1:" + node.getPort()).resolve(exchange.getRequestURI());
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(20))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }
}
