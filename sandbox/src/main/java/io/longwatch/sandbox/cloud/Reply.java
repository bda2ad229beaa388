package io.longwatch.sandbox.cloud;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer in one of AWS's two manners.
 *
 * @param error name of the error for the header that REST services use, empty for none
 */
record Reply(int status, String type, String error, String body) {

    static Reply xml(String action, String namespace, String result) {
        String body = "<" + action + "Response xmlns=\"http://" + namespace + "/\"><" + action + "Result>" + result
                + "</" + action + "Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></" + action
                + "Response>";
        return new Reply(200, "text/xml", "", body);
    }

    static Reply xmlError(int status, String code, String message) {
        String body = "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>"
                + Documents.escaped(message) + "</Message></Error><RequestId>0</RequestId></ErrorResponse>";
        return new Reply(status, "text/xml", "", body);
    }

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", "", body);
    }

    static Reply jsonError(int status, String error, String message) {
        return new Reply(status, "application/json", error, "{\"message\":\"" + message + "\"}");
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (!error.isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", error);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
