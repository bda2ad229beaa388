package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.longwatch.contract.Failures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The log of a container, read as it arrives. The client's own way first waits for the pod by a watch, which a crashing
 * pod never ends and a reader's permissions need not cover.
 */
final class PodLog {
    private static final int SECONDS = 30;

    /** Within an attempt of the step. */
    private static final Duration LONGEST = Duration.ofSeconds(100);

    /** Bytes in which the first line has its time. */
    private static final int BEGINNING = 200;

    /** What is searched of a line; the rest is read and dropped. */
    static final int LONGEST_LINE = 10_000;

    private final KubernetesClient client;
    private final String namespace;
    private final Instant from;

    PodLog(KubernetesClient client, String namespace, Instant from) {
        this.client = client;
        this.namespace = namespace;
        this.from = from;
    }

    void read(String pod, String container, boolean previous, Consumer<String> line) {
        String since = URLEncoder.encode(from.truncatedTo(ChronoUnit.SECONDS).toString(), StandardCharsets.UTF_8);
        fetch(pod, container, previous, "sinceTime=" + since, line);
    }

    /** When the oldest line was written that the node still has; empty without a line. */
    Optional<Instant> oldest(String pod, String container, boolean previous) {
        List<String> lines = new ArrayList<>();
        fetch(pod, container, previous, "timestamps=true&limitBytes=" + BEGINNING, lines::add);
        return lines.stream().findFirst().map(PodLog::writtenAt);
    }

    /** What begins with no time is no line of the log, but what the node says where it does not have it. */
    private static Instant writtenAt(String line) {
        try {
            return OffsetDateTime.parse(line.split(" ", 2)[0]).toInstant();
        } catch (DateTimeParseException noTime) {
            return Instant.MAX;
        }
    }

    private void fetch(String pod, String container, boolean previous, String options, Consumer<String> line) {
        HttpResponse<InputStream> response = send(uri(pod, container, previous, options));
        if (!response.isSuccessful()) {
            lines(response.body(), ignored -> {});
            throw new KubernetesClientException(
                    "the log of container " + container + " of pod " + pod + " cannot be read, the server answers "
                            + response.code(),
                    response.code(),
                    null);
        }
        lines(response.body(), line);
    }

    private String uri(String pod, String container, boolean previous, String options) {
        return client.getMasterUrl() + "api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?container=" + container
                + "&previous=" + previous + "&" + options;
    }

    /** Closes only what was not read to its end: closing resets the connection, which the next request may hold already. */
    private static void lines(InputStream body, Consumer<String> each) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<Void> watched = ended.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((done, late) -> {
                    if (late != null) {
                        close(body);
                    }
                });
        try {
            new Lines(reader, LONGEST_LINE).forEach(each);
            ended.complete(null);
        } catch (IOException e) {
            throw Failures.unavailable(
                    watched.isCompletedExceptionally()
                            ? "a log was not read to its end within " + LONGEST.toSeconds()
                                    + " s; ask for a shorter time"
                            : "reading a log ended early: " + e.getMessage(),
                    e);
        } finally {
            if (ended.completeExceptionally(new CancellationException("not read to its end"))) {
                close(body);
            }
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<InputStream> send(String uri) {
        HttpClient http = client.getHttpClient();
        try {
            return http.sendAsync(http.newHttpRequestBuilder().uri(uri).build(), InputStream.class)
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw Failures.unavailable("the log of a pod cannot be read: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw Failures.unavailable("the log of a pod did not come within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unavailable("reading the log of a pod was interrupted", e);
        }
    }
}
