package io.longwatch.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.longwatch.actions.image.BuildBefore;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.InspectInput;
import io.longwatch.actions.image.Layer;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.image.ImageActions;
import io.longwatch.activities.image.RegistryConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryStandInTest extends RegistryContract {
    private final RegistryStandIn registry;

    RegistryStandInTest() throws IOException {
        registry = RegistryStandIn.start();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    @Override
    protected RegistryConnection registry() {
        return new RegistryConnection(registry.host(), null, null, true, null, null);
    }

    @Test
    void aRepeatedBuildPushesNothing() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        images.build(STEP, input, new BuildBefore(null, null));

        // When
        images.build(STEP, input, new BuildBefore(null, null));

        // Then
        assertThat(registry.pushes()).containsExactly(IMAGE + ":v2.0");
    }

    @Test
    void anImageCanBeBuiltOnOneOfTheSameRegistry() throws IOException {
        // Given
        images.build(STEP, input(source.head(), "base"), new BuildBefore(null, null));
        var input = new BuildInput(
                null,
                null,
                source.head(),
                "auren/other",
                "v1",
                null,
                registry.host() + "/" + IMAGE + ":base",
                List.of(new Layer("app/lib", "/lib")),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        // When
        var result = images.build(STEP, input, new BuildBefore(null, null));

        // Then
        assertThat(registry.digest("auren/other", "v1")).contains(result.digest());
    }

    @Test
    void undoIsRefusedByARegistryThatRemovesNothing() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        images.build(STEP, input, new BuildBefore(null, null));
        registry.refuseRemoval();

        // When
        var undone = images.undoBuild(STEP, input, new BuildBefore(null, null), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void undoReadsEveryPageOfTags() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        images.build(STEP, input, new BuildBefore(null, null));
        registry.retag(IMAGE, "v2.0", "v2.1");
        registry.retag(IMAGE, "v2.0", "v2.2");
        registry.listByPages(1);

        // When
        var undone = images.undoBuild(STEP, input, new BuildBefore(null, null), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("under tag v2.1");
    }

    @Test
    void undoIsRefusedWhereTheTagsAreTooManyToLookAtAll() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        images.build(STEP, input, new BuildBefore(null, null));
        images.build(
                STEP,
                input(source.commit("ada", Instant.EPOCH, Map.of("x", "y")), "other"),
                new BuildBefore(null, null));
        for (int i = 10; i < 32; i++) {
            registry.retag(IMAGE, "other", "other-" + i);
        }
        registry.listByPages(1);

        // When
        var undone = images.undoBuild(STEP, input, new BuildBefore(null, null), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("of more than 20 of its repository");
        assertThat(registry.digest(IMAGE, "v2.0")).isPresent();
    }

    @Test
    void aRemovalThatIsRedirectedIsNoRemoval() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        images.build(STEP, input, new BuildBefore(null, null));
        registry.redirectRemoval();

        // When / Then
        assertFails(() -> images.undoBuild(STEP, input, new BuildBefore(null, null), null), Failures.FAILED, "307");
        assertThat(registry.digest(IMAGE, "v2.0")).isPresent();
    }

    @Test
    void aBaseImageThatDoesNotExistIsFinal() throws IOException {
        // Given
        var input = new BuildInput(
                null,
                null,
                source.head(),
                IMAGE,
                "v1",
                null,
                registry.host() + "/auren/none:1",
                List.of(new Layer("app", "/app")),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        // When / Then
        assertFails(() -> images.build(STEP, input, new BuildBefore(null, null)), Failures.NOT_FOUND, "auren/none");
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        // Given
        var endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endless.createContext("/v2/", exchange -> exchange.sendResponseHeaders(200, 0));
        endless.start();
        var connection = new RegistryConnection(
                "127.0.0.1:" + endless.getAddress().getPort(), null, null, true, null, Duration.ofSeconds(1));
        var connections = new Connections("production", Map.of("registry", connection), Map.of());
        var waiting = new ImageActions(ActionContext.of(connections, Clock.systemUTC()));

        // When / Then
        assertFails(
                () -> waiting.inspect(STEP, new InspectInput(null, IMAGE + ":v2.0", null)),
                Failures.UNAVAILABLE,
                "no answer within 1000 ms");
        endless.stop(0);
    }

    @Test
    void credentialsAreSentWhenAskedForAndWrongOnesAreDenied() throws IOException {
        // Given
        Path right = Files.writeString(seeds.resolve("right"), "correct horse");
        Path wrong = Files.writeString(seeds.resolve("wrong"), "battery staple");
        try (RegistryStandIn closed = RegistryStandIn.startWithLogin("bridge", "correct horse")) {
            var missing = new InspectInput(null, IMAGE + ":v2.0", null);

            // When / Then
            assertFails(() -> actions(closed, right).inspect(STEP, missing), Failures.NOT_FOUND, "v2.0");
            assertFails(() -> actions(closed, wrong).inspect(STEP, missing), Failures.DENIED, "401");
        }
    }

    @Test
    void aRegistryThatIsDownIsRetried() throws IOException {
        // Given
        registry.close();

        // When / Then
        assertFails(
                () -> images.inspect(STEP, new InspectInput(null, IMAGE + ":v2.0", null)),
                Failures.UNAVAILABLE,
                registry.host());
    }

    @Test
    void chunksAreJoinedAndAWrongDigestIsRefused() throws Exception {
        // Given
        HttpResponse<String> begun = send("POST", "/v2/a/b/blobs/uploads/", "");
        String upload = begun.headers().firstValue("Location").orElseThrow();
        send("PATCH", upload, "one");
        send("PATCH", upload, "two");

        // When
        var finished = send("PUT", upload + "?digest=" + Store.digestOf("onetwo".getBytes()), "");
        var wrong = send("POST", "/v2/a/b/blobs/uploads/?digest=" + Store.digestOf("x".getBytes()), "y");

        // Then
        assertThat(finished.statusCode()).isEqualTo(201);
        assertThat(send("GET", finished.headers().firstValue("Location").orElseThrow(), "")
                        .body())
                .isEqualTo("onetwo");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("DIGEST_INVALID");
    }

    @Test
    void aManifestOfAnUnknownBlobIsRefused() throws Exception {
        // When
        var refused = send(
                "PUT", "/v2/a/b/manifests/v1", "{\"config\":{\"digest\":\"" + Store.digestOf(new byte[1]) + "\"}}");

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(registry.pushes()).isEmpty();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static ImageActions actions(RegistryStandIn registry, Path password) {
        var connection = new RegistryConnection(registry.host(), "bridge", Secret.ofFile(password), true, null, null);
        var connections = new Connections("production", Map.of("registry", connection), Map.of());
        return new ImageActions(ActionContext.of(connections, Clock.systemUTC()));
    }
}
