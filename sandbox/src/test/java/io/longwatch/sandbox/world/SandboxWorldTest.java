package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.git.LogInput;
import io.longwatch.actions.http.HttpAuth;
import io.longwatch.actions.http.HttpSignature;
import io.longwatch.actions.http.RequestInput;
import io.longwatch.actions.http.SendInput;
import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.LagInput;
import io.longwatch.actions.kafka.Match;
import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.QueryResult;
import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.prometheus.TargetsInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.GitActions;
import io.longwatch.activities.http.HttpActions;
import io.longwatch.activities.http.TunnelOpener;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.postgres.PostgresActions;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.redis.RedisActions;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The actions on the world that they are demonstrated in; its tests share one. */
class SandboxWorldTest {
    private static final Path PLAN = Path.of("..", "plans", "auren-biometric-bridge");
    private static final StepRef STEP = new StepRef("biometric-bridge-production-20261121-1", "production", "step");
    private static final PassingClock CLOCK = new PassingClock();
    private static final KubernetesClients CLIENTS = new KubernetesClients();
    private static SandboxWorld world;
    private static ActionContext context;

    @BeforeAll
    static void start() throws IOException {
        world = SandboxWorld.start(Scenario.NONE, CLOCK);
        context = new ActionContext(world.environment(), CLOCK, () -> CLOCK);
        CLOCK.pass(Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        world.close();
    }

    private final KubernetesActions kubernetes = new KubernetesActions(context, CLIENTS);
    private final PrometheusActions prometheus = new PrometheusActions(context);
    private final KafkaActions kafka = new KafkaActions(context);
    private final PostgresActions postgres = new PostgresActions(context);
    private final HttpActions http = new HttpActions(context, TunnelOpener.none());

    @Test
    void theFormerVersionServesOnTwoNodes() {
        // When
        var pods = kubernetes.get(STEP, new GetInput(null, null, null, "Pod", null, "app=biometric-bridge", null));
        var health = http.request(STEP, get("/health"));

        // Then
        assertThat(pods.ready()).isGreaterThanOrEqualTo(2);
        assertThat(health.status()).isEqualTo(200);
    }

    @Test
    void signedWebhooksArriveInKafkaAndPostgres() {
        // Given
        var before = kafka.offsets(STEP, new OffsetsInput(null, List.of("biometric-events")));
        SendInput oura = webhook("oura", "test_1_oura", signed("X-Oura-Signature", "OURA_WEBHOOK_SECRET"), null);
        SendInput whoop =
                webhook("whoop", "test_1_whoop", signed("X-Whoop-Signature-256", "WHOOP_WEBHOOK_SECRET"), null);
        SendInput healthkit = webhook("healthkit", "test_1_healthkit", null, HttpAuth.ofBearer("HEALTHKIT_API_KEY"));

        // When
        var statuses = List.of(send("oura", oura), send("whoop", whoop), send("healthkit", healthkit));

        // Then
        List<String> ids = List.of("test_1_oura", "test_1_whoop", "test_1_healthkit");
        assertThat(statuses).containsOnly(202);
        assertThat(CLOCK.untilDone(() -> kafka.consume(
                                STEP,
                                new ConsumeInput(
                                        null,
                                        "biometric-events",
                                        before.offsets(),
                                        new Match("user_id", ids, null),
                                        null)))
                        .found())
                .isEqualTo(3);
        assertThat(stored("published_at IS NOT NULL AND user_id LIKE 'test_1_%'"))
                .isEqualTo(3L);
        assertThat(CLOCK.untilDone(() -> kafka.lag(
                                STEP, new LagInput(null, "biometric-bridge-writer", List.of("biometric-events"))))
                        .total())
                .isZero();
    }

    @Test
    void aWebhookThatIsSentAgainIsStoredOnce() {
        // Given
        SendInput oura = webhook("oura", "test_3_oura", signed("X-Oura-Signature", "OURA_WEBHOOK_SECRET"), null);
        send("again", oura);

        // When
        int status = send("again", oura);

        // Then
        assertThat(status).isEqualTo(202);
        assertThat(stored("user_id = 'test_3_oura'")).isEqualTo(1L);
    }

    @Test
    void aWebhookWithAnotherKeysSignatureIsRefused() throws IOException {
        // Given
        Path wrong = Files.createTempFile("longwatch-wrong", ".key");
        Files.writeString(wrong, "not the key that the bridge knows");
        Map<String, Secret> secrets = new LinkedHashMap<>(world.secrets());
        secrets.put("OURA_WEBHOOK_SECRET", Secret.ofFile(wrong));
        var connections = new Connections("production", world.connections(), secrets);
        var stranger = new HttpActions(new ActionContext(connections, CLOCK, () -> CLOCK), TunnelOpener.none());
        SendInput input = webhook("oura", "test_2_oura", signed("X-Oura-Signature", "OURA_WEBHOOK_SECRET"), null);

        // When
        var result = CLOCK.untilDone(
                () -> stranger.send(STEP.at("refused"), input, stranger.sendBefore(STEP.at("refused"), input)));

        // Then
        Files.delete(wrong);
        assertThat(result.status()).isEqualTo(401);
        assertThat(stored("user_id LIKE 'test_2_%'")).isEqualTo(0L);
    }

    @Test
    void whatIsNoEventBecomesADeadLetter() throws IOException {
        // Given
        migrate();
        createTopic("biometric-events.dlq", 3);
        var before = kafka.offsets(STEP, new OffsetsInput(null, List.of("biometric-events.dlq")));
        SendInput nothing = new SendInput(
                "public-api",
                "/webhooks/healthkit",
                null,
                null,
                null,
                Map.of("samples", List.of()),
                HttpAuth.ofBearer("HEALTHKIT_API_KEY"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null);

        // When
        int status = send("dead", nothing);

        // Then
        assertThat(status).isEqualTo(422);
        assertThat(CLOCK.untilDone(() -> kafka.consume(
                                STEP, new ConsumeInput(null, "biometric-events.dlq", before.offsets(), null, 1)))
                        .found())
                .isEqualTo(1);
        assertThat(value("SELECT count(*) FROM kafka_dlq WHERE error LIKE '%user_id%'"))
                .isEqualTo(1L);
    }

    @Test
    void thePlanFindsWhatWasLostAndWhichRowsItIs() throws IOException {
        // Given
        migrate();
        long dead = (long) value("SELECT count(*) FROM kafka_dlq");
        long events = (long) value("SELECT count(*) FROM biometric_events");
        Instant since = CLOCK.instant();
        ActionStep loss = lossOfRows();
        var calm = ask(loss, dead, events, since);
        var script = new MigrateInput(null, "loses", """
                INSERT INTO biometric_events (user_id, source, event_type, payload, received_at)
                VALUES ('test_4', 'oura', 'sleep', '{}', 'SINCE');
                INSERT INTO kafka_dlq (source, payload, error, failed_at) VALUES ('oura', '{}', 'no user', 'SINCE');
                """.replace("SINCE", since.toString()), null, null, null);
        postgres.migrate(STEP.at("loses"), script, postgres.migrateBefore(STEP.at("loses"), script));

        // When
        var found = ask(loss, dead, events + 3, since);

        // Then
        assertThat(calm.row())
                .containsEntry("dead_letters", 0L)
                .containsEntry("half_written", 0L)
                .containsEntry("gone", 0L)
                .containsEntry("dead_letter_ids", "none")
                .containsEntry("half_written_ids", "none");
        assertThat(found.row())
                .containsEntry("dead_letters", 1L)
                .containsEntry("half_written", 1L)
                .containsEntry("gone", 2L)
                .containsEntry("dead_letter_ids", "" + value("SELECT max(id) FROM kafka_dlq"))
                .containsEntry("half_written_ids", "" + value("SELECT max(id) FROM biometric_events"));
        assertThat(found.summary()).contains("half_written = 1", "dead_letter_ids = ");
    }

    @Test
    void aNewVersionIsRolledOutScrapedAndMeasured() throws IOException {
        // Given
        apply("new-version", deployment());
        CLOCK.untilDone(() -> kubernetes.rolloutStatus(
                STEP, new RolloutStatusInput(null, null, "biometric-bridge", null, 2L, Duration.ofMinutes(1))));
        apply(
                "monitoring",
                plan("monitoring/prometheus.yaml")
                        .replace("${{ params.monitoringNamespace }}", "monitoring")
                        .replace("${{ params.namespace }}", "production")
                        .replace("${{ release.id.replace('-', '_') }}", "release_1"));
        var reload = new ReloadInput(null, "biometric-bridge", List.of("BiometricBridgeLatencyHigh"), null);
        var loaded = prometheus.reload(STEP, reload, prometheus.reloadBefore(STEP, reload));

        // When
        CLOCK.pass(Duration.ofMinutes(20));
        var targets = prometheus.targets(STEP, new TargetsInput(null, "biometric-bridge", null));
        var latency = prometheus.query(
                STEP,
                QueryInput.of(
                        "histogram_quantile(0.99, sum by (le) (rate(auren_webhook_duration_seconds_bucket[5m])))"));
        var logs = kubernetes.logs(
                STEP,
                new LogsInput(
                        null,
                        null,
                        "app=biometric-bridge",
                        null,
                        "bridge v2.0 listens",
                        Duration.ofHours(1),
                        null,
                        null));

        // Then
        assertThat(loaded.jobs()).isEqualTo(2);
        assertThat(targets.up()).isEqualTo(2);
        assertThat(latency.value()).isBetween(0.04, 0.1);
        assertThat(logs.matches()).isEqualTo(2);
    }

    @Test
    void theCacheHasRoomAndTheRunbookIsWrittenWhenAsked() throws IOException {
        // Given
        Instant since = CLOCK.instant();

        // When
        world.writeRunbook();

        // Then
        assertThat(new GitActions(context)
                        .log(STEP, new LogInput(null, "main", "docs/runbook.md", since, null))
                        .count())
                .isEqualTo(1);
        assertThat(new RedisActions(context)
                        .info(STEP, new io.longwatch.actions.redis.InfoInput(null))
                        .freeMemoryBytes())
                .isGreaterThan(4L << 30);
    }

    @Test
    void closingItTwiceIsHarmlessAndLeavesNoFile() throws IOException {
        // Given
        SandboxWorld other = SandboxWorld.start(Scenario.LEAK, CLOCK);
        String kept = other.secrets().get("HEALTHKIT_API_KEY").toString();
        Path file = Path.of(kept.substring(kept.indexOf('/')));
        assertThat(file).exists();

        // When
        other.close();
        other.close();

        // Then
        assertThat(file.getParent()).doesNotExist();
    }

    private static RequestInput get(String path) {
        return new RequestInput(
                "public-api", path, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static SendInput webhook(
            String source, String user, @Nullable HttpSignature signature, @Nullable HttpAuth auth) {
        return new SendInput(
                "public-api",
                "/webhooks/" + source,
                null,
                null,
                null,
                Map.of("user_id", user),
                auth,
                signature,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    private static HttpSignature signed(String header, String secret) {
        return new HttpSignature(header, secret, null, null, null, null, null);
    }

    private int send(String name, SendInput input) {
        return CLOCK.untilDone(() -> http.send(STEP.at(name), input, http.sendBefore(STEP.at(name), input)))
                .status();
    }

    private Object stored(String condition) {
        return value("SELECT count(*) FROM biometric_events WHERE " + condition);
    }

    private Object value(String sql) {
        return postgres.query(STEP, new io.longwatch.actions.postgres.QueryInput(null, sql, null, null, null, null))
                .value();
    }

    /** The plan's own query after a rollback. */
    private static ActionStep lossOfRows() throws IOException {
        return ((LoadedPlan.Loaded) AurenPlanTest.load(Map.of(), PlanLoader.Mode.FOR_CHECK))
                .plan().rollback().dataLoss().stream()
                        .filter(check -> check.id().equals("rows-lost"))
                        .findFirst()
                        .orElseThrow();
    }

    private QueryResult ask(ActionStep step, long dead, long events, Instant since) {
        Map<String, Object> input = new LinkedHashMap<>(step.with());
        input.put("parameters", Map.of("dead", dead, "events", events, "since", since.toString()));
        return postgres.query(STEP, Json.mapper().convertValue(input, io.longwatch.actions.postgres.QueryInput.class));
    }

    private void migrate() throws IOException {
        var input = new MigrateInput(null, "biometric-bridge-v2.0", plan("schema.sql"), null, null, null);
        postgres.migrate(STEP, input, postgres.migrateBefore(STEP, input));
    }

    private void createTopic(String name, int partitions) {
        var input = new CreateTopicInput(null, name, partitions, 1, null);
        var before = kafka.createTopicBefore(STEP, input);
        CLOCK.untilDone(() -> kafka.createTopic(STEP, input, before));
    }

    private void apply(String step, String manifest) {
        var input = new ApplyInput(null, manifest, null, null, null, null);
        kubernetes.apply(STEP.at(step), input, kubernetes.applyBefore(STEP.at(step), input));
    }

    private static String deployment() throws IOException {
        return plan("biometric-bridge-deployment.yaml")
                .replace("${{ params.namespace }}", "production")
                .replace("${{ params.nodes }}", "2")
                .replace("${{ params.version }}", "v2.0")
                .replace("${{ params.signatureValidation }}", "true")
                .replace("${{ steps.image.result.reference }}", "127.0.0.1:5000/auren/biometric-bridge:v2.0");
    }

    private static String plan(String file) throws IOException {
        return Files.readString(PLAN.resolve(file), StandardCharsets.UTF_8);
    }
}
