package io.longwatch.activities.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and reads a bounded answer in a bounded time. Follows no redirects. */
public final class Caller {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** By their time to connect: the JDK's client has one for all its requests, and connections name few. */
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();

    private Caller() {}

    public static Caller create() {
        return new Caller();
    }

    private static HttpClient connectingWithin(Duration time) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(time)
                .build();
    }

    /** Well within the exchange's time: what ends without a connection is known to have sent nothing. */
    private static Duration timeToConnect(Duration timeout) {
        long half = Math.min(timeout.toMillis() / 2, LONGEST_CONNECT.toMillis());
        return Duration.ofMillis(Math.max(half, 1));
    }

    /**
     * Sends a request.
     *
     * @param limit most bytes of the body to read; what is beyond is cut off
     * @param timeout for the whole exchange, the body included; at most half of it, and 10 s, for the connection
     * @throws java.net.http.HttpConnectTimeoutException if there was no connection in time: nothing was sent
     * @throws HttpTimeoutException if it took longer
     * @throws IOException if the far side could not be reached, or the exchange broke off
     */
    public Answer send(HttpRequest request, int limit, Duration timeout) throws IOException {
        HttpClient client = clients.computeIfAbsent(timeToConnect(timeout), Caller::connectingWithin);
        long before = System.nanoTime();
        CompletableFuture<HttpResponse<BoundedBody.Read>> exchange = client.sendAsync(request, BoundedBody.upTo(limit));
        try {
            HttpResponse<BoundedBody.Read> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
            return new Answer(
                    response.statusCode(),
                    response.headers(),
                    response.body().bytes(),
                    response.body().cut(),
                    millis);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the exchange broke off", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the answer");
        } finally {
            exchange.cancel(true);
        }
    }
}
