package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubernetesStandInTest extends StandInTest {
    private record Seen(Watcher.Action action, String name) {}

    @Test
    void aWrongTokenIsUnauthorized() {
        // Given
        cluster.requireToken("secret");

        // When / Then
        try (KubernetesClient stranger = client("guess")) {
            assertThatThrownBy(() -> stranger.pods().list()).satisfies(code(401));
        }
        assertThat(client.pods().list().getItems()).isEmpty();
    }

    @Test
    void aServiceHasTheReadyPodsAsEndpoints() {
        // Given
        deploy(V1, 2);
        client.resource(service("LoadBalancer")).create();

        // When
        pass(Duration.ofMinutes(1));

        // Then
        var subset = client.endpoints().withName("bridge").get().getSubsets().get(0);
        assertThat(subset.getAddresses()).hasSize(2);
        assertThat(subset.getPorts().get(0).getPort()).isEqualTo(8080);
        assertThat(client.discovery().v1().endpointSlices().list().getItems())
                .singleElement()
                .satisfies(slice -> assertThat(slice.getEndpoints()).hasSize(2));
        assertThat(client.services()
                        .withName("bridge")
                        .get()
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress())
                .singleElement()
                .satisfies(ingress -> assertThat(ingress.getIp()).isEqualTo("127.0.0.1"));
    }

    @Test
    void aPodWhoseSecretIsMissingWaitsForIt() {
        // Given
        Deployment wanted = bridge(V1, 1)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editContainer(0)
                .addNewEnvFrom()
                .withNewSecretRef("keys", false)
                .endEnvFrom()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        client.resource(wanted).create();
        pass(Duration.ofMinutes(1));
        String waiting = pods().get(0)
                .getStatus()
                .getContainerStatuses()
                .get(0)
                .getState()
                .getWaiting()
                .getReason();

        // When
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .endMetadata()
                        .addToStringData("token", "x")
                        .build())
                .create();
        pass(Duration.ofMinutes(1));

        // Then
        assertThat(waiting).isEqualTo("CreateContainerConfigError");
        assertThat(bridge().getStatus().getReadyReplicas()).isEqualTo(1);
    }

    @Test
    void aWatchSeesWhatHappens() throws InterruptedException {
        // Given
        BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
        Watch watch = client.apps().deployments().watch(into(seen));
        try (watch) {
            // When
            deploy(V1, 1);
            client.apps().deployments().withName("bridge").delete();

            // Then
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new Seen(Watcher.Action.ADDED, "bridge"));
            Seen last = seen.poll(10, TimeUnit.SECONDS);
            while (last != null && last.action() == Watcher.Action.MODIFIED) {
                last = seen.poll(10, TimeUnit.SECONDS);
            }
            assertThat(last).isEqualTo(new Seen(Watcher.Action.DELETED, "bridge"));
        }
    }

    @Test
    void aWatchFromAForgottenVersionIsGone() throws Exception {
        // Given
        deploy(V1, 1);
        cluster.forgetChanges();

        // When
        String answer = get(cluster.uri() + "/apis/apps/v1/deployments?watch=true&resourceVersion=1001");

        // Then
        assertThat(answer)
                .contains("\"type\":\"ERROR\"")
                .contains("\"code\":410")
                .contains("Expired");
    }

    @Test
    void logsAreWhatTheBehaviourWrote() {
        // Given
        Instant death = clock.instant().plusSeconds(60);
        LogSource everyTenSeconds =
                (container, from, to) -> Stream.iterate(clockStart(), t -> t.isBefore(to), t -> t.plusSeconds(10))
                        .filter(t -> !t.isBefore(from))
                        .map(t -> new LogSource.Line(t, container.name() + " " + t))
                        .toList();
        cluster.behave(
                V1,
                PodBehaviour.readyAfter(Duration.ZERO)
                        .dyingAt(death, 1, "Error")
                        .writing(everyTenSeconds));
        deploy(V1, 1);
        pass(Duration.ofSeconds(85));
        Pod pod = pods().get(0);

        // When
        var log = client.pods().withName(pod.getMetadata().getName());

        // Then
        assertThat(log.getLog().lines())
                .containsExactly("app 2026-11-21T10:01:00Z", "app 2026-11-21T10:01:10Z", "app 2026-11-21T10:01:20Z");
        assertThat(log.terminated().getLog().lines()).hasSize(6);
        assertThat(log.tailingLines(1).getLog().strip()).isEqualTo("app 2026-11-21T10:01:20Z");
        assertThat(log.sinceSeconds(10).getLog().lines()).hasSize(1);
        assertThat(log.usingTimestamps().limitBytes(27).getLog()).isEqualTo("2026-11-21T10:01:00Z app 20");
        assertThat(client.apps().deployments().withName("bridge").getLog()).contains("app 2026-11-21T10:01:20Z");
    }

    @Test
    void aForwardedPortReachesTheRealProcess() throws Exception {
        // Given
        HttpServer process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        process.createContext("/health", exchange -> {
            byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        process.start();
        cluster.behave(V1, PodBehaviour.readyAfter(Duration.ZERO).servedAt(8080, process.getAddress()));
        deploy(V1, 1);

        client.resource(service("ClusterIP")).create();
        String pod = pods().get(0).getMetadata().getName();

        // When
        String viaPod;
        String viaService;
        try (LocalPortForward ofPod = client.pods().withName(pod).portForward(8080);
                LocalPortForward ofService =
                        client.services().withName("bridge").portForward(8080)) {
            viaPod = get("http://127.0.0.1:" + ofPod.getLocalPort() + "/health");
            viaService = get("http://127.0.0.1:" + ofService.getLocalPort() + "/health");
        } finally {
            process.stop(0);
        }

        // Then
        assertThat(viaPod).hasSize(100_000).isEqualTo(viaService);
    }

    @Test
    void faultsAreAnsweredAsOftenAsAskedAndCountAsNoEffect() {
        // Given
        cluster.faults().answer(r -> r.verb().equals("patch"), 500, 1);
        cluster.faults().answerAfterEffect(r -> r.verb().equals("delete"), 500, 1);

        // When / Then
        assertThatThrownBy(() -> deploy(V1, 1)).satisfies(code(500));
        assertThat(cluster.requests().writes("patch", "deployments", "bridge")).isZero();
        deploy(V1, 1);
        assertThatThrownBy(() -> client.apps().deployments().withName("bridge").delete())
                .satisfies(code(500));
        assertThat(bridge()).isNull();
        assertThat(cluster.requests().writes("delete", "deployments", "bridge")).isEqualTo(1);
    }

    @Test
    void whatIsDeniedIsForbiddenAndTheReviewSaysSo() {
        // Given
        cluster.permissions().deny("patch", "deployments");

        // When
        var review = client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("patch")
                        .withResource("deployments")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();

        // Then
        assertThat(review.getStatus().getAllowed()).isFalse();
        assertThatThrownBy(() -> deploy(V1, 1)).satisfies(code(403));
    }

    private static Consumer<Throwable> code(int wanted) {
        return e -> assertThat(e)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        failure -> assertThat(failure.getCode()).isEqualTo(wanted));
    }

    private static Service service(String type) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("bridge")
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .addToSelector("app", "bridge")
                .addNewPort()
                .withPort(80)
                .withNewTargetPort("http")
                .endPort()
                .endSpec()
                .build();
    }

    private static Instant clockStart() {
        return Instant.parse("2026-11-21T10:00:00Z");
    }

    private static String get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Watcher<Deployment> into(BlockingQueue<Seen> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Deployment deployment) {
                seen.add(new Seen(action, deployment.getMetadata().getName()));
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add(new Seen(Action.ERROR, "closed"));
            }
        };
    }
}
