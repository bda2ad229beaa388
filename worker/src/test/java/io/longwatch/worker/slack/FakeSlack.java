package io.longwatch.worker.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** As much of Slack's Web API as the receiver calls: it notes every call, and refuses those it is told to. */
final class FakeSlack implements AutoCloseable {
    private static final String API = "/api/";

    private final HttpServer server;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile String socketUrl = "ws://127.0.0.1:1/";

    /** A call of a method, with its arguments. */
    record Call(String method, Map<String, String> arguments) {}

    FakeSlack() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(API, this::handle);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + API);
    }

    /** From now on a method answers that error. */
    void refuse(String method, String error) {
        refusals.put(method, error);
    }

    void answerAgain(String method) {
        refusals.remove(method);
    }

    /** Where an app is sent that asks for a socket. */
    void socket(String url) {
        socketUrl = url;
    }

    List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring(API.length());
        calls.add(new Call(method, form(new String(exchange.getRequestBody().readAllBytes(), UTF_8))));
        String error = refusals.get(method);
        String answer = error == null
                ? "{\"ok\":true,\"url\":\"" + socketUrl
                        + "\",\"team\":\"t\",\"user\":\"bot\",\"team_id\":\"T0\",\"user_id\":\"U0\",\"bot_id\":\"B0\"}"
                : "{\"ok\":false,\"error\":\"" + error + "\"}";
        byte[] bytes = answer.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8), (first, second) -> first));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
