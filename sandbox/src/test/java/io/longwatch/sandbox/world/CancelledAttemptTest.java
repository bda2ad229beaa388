package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.Replacement;
import io.longwatch.actions.git.TagInput;
import io.longwatch.actions.grafana.CheckDashboardInput;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.actions.http.HttpAuth;
import io.longwatch.actions.http.RequestInput;
import io.longwatch.actions.http.SendInput;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.Layer;
import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.slack.NotifyInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.git.GitActions;
import io.longwatch.activities.grafana.GrafanaActions;
import io.longwatch.activities.http.HttpActions;
import io.longwatch.activities.http.TunnelOpener;
import io.longwatch.activities.image.ImageActions;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.postgres.PostgresActions;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.slack.SlackActions;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.bridge.EventStore;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every effect owes a release that is stopped: an attempt that was cancelled meanwhile does not write any more. */
class CancelledAttemptTest {
    private static final StepRef STEP =
            new StepRef("biometric-bridge-production-20261121-1", "production", "cancelled");
    private static final String BRIDGE = "biometric-bridge";
    private static final PassingClock CLOCK = new PassingClock();
    private static final KubernetesClients CLIENTS = new KubernetesClients();
    private static SandboxWorld world;
    private static ActionContext free;
    private static ActionContext cancelled;
    private static ActionContext lost;

    @BeforeAll
    static void start() throws IOException {
        world = SandboxWorld.start(Scenario.NONE, CLOCK);
        free = new ActionContext(world.environment(), CLOCK, () -> CLOCK);
        cancelled = new ActionContext(world.environment(), CLOCK, CancelledBeforeWriting::new);
        lost = new ActionContext(world.environment(), CLOCK, CancelledMeanwhile::new);
        CLOCK.pass(Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        world.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("effects")
    void anAttemptThatIsCancelledWritesNothing(String action, Callable<?> attempt, Callable<?> farSide)
            throws Exception {
        // Given
        Object before = farSide.call();

        // When
        Throwable failure = catchThrowable(attempt::call);

        // Then
        assertThat(failure).isInstanceOf(ActivityCanceledException.class);
        assertThat(farSide.call()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void anAttemptThatIsCancelledWhileItLooksLooksNoFurther(String action, Callable<?> attempt) {
        // When / Then
        assertThatThrownBy(attempt::call).isInstanceOf(ActivityCanceledException.class);
    }

    static Stream<Arguments> reads() {
        return Stream.of(rolloutStatus(), consume(), checkDashboard(), ask());
    }

    static Stream<Arguments> effects() throws IOException {
        return Stream.of(
                build(),
                commit(),
                tag(),
                apply(),
                scale(),
                undoRollout(),
                createTopic(),
                send(),
                importing(),
                reload(),
                tell());
    }

    private static Arguments build() throws IOException {
        var images = new ImageActions(free);
        var input = new BuildInput(
                null,
                null,
                world.source().head(),
                BRIDGE,
                "cancelled",
                null,
                null,
                List.of(new Layer("bridge.py", "/app")),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        var before = images.buildBefore(STEP, input);
        return arguments(
                "image.build",
                call(() -> new ImageActions(cancelled).build(STEP, input, before)),
                call(() -> images.buildBefore(STEP, input)));
    }

    private static Arguments commit() {
        var git = new GitActions(free);
        var change = new Replacement("docs/runbook.md", "#", "##", null);
        var input = new CommitInput(null, "main", List.of(change), "Change the runbook", null);
        var before = git.commitBefore(STEP, input);
        return arguments(
                "git.commit",
                call(() -> new GitActions(cancelled).commit(STEP, input, before)),
                call(() -> world.source().head()));
    }

    private static Arguments tag() throws IOException {
        var git = new GitActions(free);
        var input = new TagInput(null, "v0-cancelled", world.source().head(), "Not to be", null);
        var before = git.tagBefore(STEP, input);
        return arguments(
                "git.tag",
                call(() -> new GitActions(cancelled).tag(STEP, input, before)),
                call(() -> world.source().tagged("v0-cancelled")));
    }

    private static Arguments apply() {
        var kubernetes = new KubernetesActions(free, CLIENTS);
        var input = new ApplyInput(null, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cancelled}
                data: {LEVEL: debug}
                """, null, null, null, null);
        var before = kubernetes.applyBefore(STEP, input);
        return arguments(
                "kubernetes.apply",
                call(() -> new KubernetesActions(cancelled, CLIENTS).apply(STEP, input, before)),
                call(() -> kubernetes.applyBefore(STEP, input)));
    }

    private static Arguments scale() {
        var kubernetes = new KubernetesActions(free, CLIENTS);
        var input = new ScaleInput(null, null, BRIDGE, 3, null);
        var before = kubernetes.scaleBefore(STEP, input);
        return arguments(
                "kubernetes.scale",
                call(() -> new KubernetesActions(cancelled, CLIENTS).scale(STEP, input, before)),
                call(() -> kubernetes.scaleBefore(STEP, input).replicas()));
    }

    private static Arguments undoRollout() {
        var kubernetes = new KubernetesActions(free, CLIENTS);
        rollOut(kubernetes, "worker:1", 1);
        rollOut(kubernetes, "worker:2", 2);
        var input = new UndoRolloutInput(null, null, "cancelled-worker", null, null, null);
        StepRef restore = STEP.at("restore");
        var before = kubernetes.undoRolloutBefore(restore, input);
        return arguments(
                "kubernetes.undoRollout",
                call(() -> new KubernetesActions(cancelled, CLIENTS).undoRollout(restore, input, before)),
                call(() -> kubernetes.undoRolloutBefore(restore, input).images()));
    }

    private static void rollOut(KubernetesActions kubernetes, String image, long revision) {
        var input = new ApplyInput(null, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cancelled-worker}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: cancelled-worker}}
                  template:
                    metadata: {labels: {app: cancelled-worker}}
                    spec: {containers: [{name: worker, image: "%s"}]}
                """.formatted(image), null, null, null, null);
        kubernetes.apply(STEP, input, kubernetes.applyBefore(STEP, input));
        var settled = new RolloutStatusInput(null, null, "cancelled-worker", null, revision, Duration.ofSeconds(10));
        CLOCK.untilDone(() -> kubernetes.rolloutStatus(STEP, settled));
    }

    private static Arguments createTopic() {
        var kafka = new KafkaActions(free);
        var input = new CreateTopicInput(null, "cancelled", 1, 1, null);
        var before = kafka.createTopicBefore(STEP, input);
        return arguments(
                "kafka.createTopic",
                call(() -> new KafkaActions(cancelled).createTopic(STEP, input, before)),
                call(() -> kafka.createTopicBefore(STEP, input)));
    }

    private static Arguments send() {
        var input = new SendInput(
                "public-api",
                "/webhooks/healthkit",
                null,
                null,
                null,
                Map.of("user_id", "cancelled"),
                HttpAuth.ofBearer("HEALTHKIT_API_KEY"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        var before = new HttpActions(free, TunnelOpener.none()).sendBefore(STEP, input);
        var stored = new QueryInput(
                null, "SELECT count(*) FROM biometric_events WHERE user_id = 'cancelled'", null, null, null, null);
        return arguments(
                "http.send",
                call(() -> new HttpActions(cancelled, TunnelOpener.none()).send(STEP, input, before)),
                call(() -> new PostgresActions(free).query(STEP, stored).value()));
    }

    private static Arguments importing() {
        var grafana = new GrafanaActions(free);
        var input = new ImportDashboardInput(
                null, "{\"uid\": \"cancelled\", \"title\": \"Cancelled\", \"panels\": []}", null, null, null);
        var before = grafana.importDashboardBefore(STEP, input);
        return arguments(
                "grafana.importDashboard",
                call(() -> new GrafanaActions(cancelled).importDashboard(STEP, input, before)),
                call(() -> grafana.importDashboardBefore(STEP, input)));
    }

    private static Arguments reload() {
        var prometheus = new PrometheusActions(free);
        var input = new ReloadInput(null, null, null, null);
        var before = prometheus.reloadBefore(STEP, input);
        collectRule();
        return arguments(
                "prometheus.reload",
                call(() -> new PrometheusActions(cancelled).reload(STEP, input, before)),
                call(() -> prometheus.reloadBefore(STEP, input)));
    }

    /** Lays down what a reload would load. */
    private static void collectRule() {
        var kubernetes = new KubernetesActions(free, CLIENTS);
        var input = new ApplyInput(null, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cancelled, namespace: monitoring, labels: {prometheus: collect}}
                data:
                  rules.yml: |
                    groups: [{name: cancelled, rules: [{alert: Cancelled, expr: vector(1)}]}]
                """, null, null, null, null);
        StepRef rule = STEP.at("rule");
        kubernetes.apply(rule, input, kubernetes.applyBefore(rule, input));
    }

    private static Arguments tell() {
        var input = new NotifyInput("#" + SandboxWorld.CHANNEL, "Not to be said", null, null);
        var before = new SlackActions(free).notifyBefore(STEP, input);
        return arguments(
                "slack.notify",
                call(() -> new SlackActions(cancelled).notify(STEP, input, before)),
                call(() -> world.slack().messages().size()));
    }

    private static Arguments rolloutStatus() {
        var input = new RolloutStatusInput(null, null, BRIDGE, null, null, Duration.ofHours(1));
        return arguments(
                "kubernetes.rolloutStatus",
                call(() -> new KubernetesActions(lost, CLIENTS).rolloutStatus(STEP, input)));
    }

    private static Arguments consume() {
        var offsets = new KafkaActions(free)
                .offsets(STEP, new OffsetsInput(null, List.of(EventStore.TOPIC)))
                .offsets();
        var input = new ConsumeInput(null, EventStore.TOPIC, offsets, null, 1);
        return arguments("kafka.consume", call(() -> new KafkaActions(lost).consume(STEP, input)));
    }

    private static Arguments checkDashboard() {
        var grafana = new GrafanaActions(free);
        var made = new ImportDashboardInput(null, """
                {"uid": "looked-at", "title": "Looked at", "panels": [{"id": 1, "title": "Up", "type": "stat",
                 "targets": [{"refId": "A", "expr": "up"}]}]}
                """, null, null, null);
        StepRef dashboard = STEP.at("dashboard");
        grafana.importDashboard(dashboard, made, grafana.importDashboardBefore(dashboard, made));
        var input = new CheckDashboardInput(null, "looked-at", null, null, null, null, true);
        return arguments("grafana.checkDashboard", call(() -> new GrafanaActions(lost).checkDashboard(STEP, input)));
    }

    private static Arguments ask() {
        var input = new RequestInput(
                "public-api", "/health", null, null, null, null, null, null, null, null, null, null, null, null, null);
        return arguments("http.request", call(() -> new HttpActions(lost, TunnelOpener.none()).request(STEP, input)));
    }

    private static Callable<?> call(Callable<?> callable) {
        return callable;
    }

    /** An attempt that is cancelled while it works, and learns of it when it next says how far it is. */
    private static class CancelledMeanwhile implements Invocation {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(@Nullable Object details) {
            throw new ActivityCanceledException();
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }

    /** One that learns of it only when it renews its lease to write. */
    private static final class CancelledBeforeWriting extends CancelledMeanwhile {
        @Override
        public void heartbeat(@Nullable Object details) {}

        @Override
        public void renew(@Nullable Object details) {
            throw new ActivityCanceledException();
        }
    }
}
