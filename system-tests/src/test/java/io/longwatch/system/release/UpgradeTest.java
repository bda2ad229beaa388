package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.soak.Verdict;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.system.histories.Histories;
import io.longwatch.system.parts.Parts;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.ServerProcess;
import io.longwatch.system.parts.TemporalServer;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Releases that the former build began go on with this one. */
@Timeout(900)
class UpgradeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> SERVICES = List.of("waiting", "paused", "soaking", "going-back");
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: SERVICE
            environment: production
            title: SERVICE
            roles: {manager: Release manager}
            phases:
              - id: check
                title: Checks
                at: T-5m
                steps:
                  - {id: cache, title: The cache answers, uses: redis.ping}
                  - {id: go, title: "Deploy it?", gate: {approvals: [{role: manager}], deadline: 10m, onDeadline: abort}}
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - id: table
                    title: The table
                    uses: postgres.migrate
                    with: {name: SERVICE, script: 'CREATE TABLE "SERVICE" (id int)', down: 'DROP TABLE "SERVICE"'}
                    undo: restore
                  - {id: still, title: The cache still answers, uses: redis.ping}
            soak:
              checks:
                - id: page
                  title: Health
                  uses: http.request
                  with: {url: "PAGE/SERVICE", failOnUnexpected: false}
                  figure: result.status
                  successCondition: result.status == 200
              windows:
                - {id: first, title: The first minutes, duration: 120s, interval: 2s, deadline: 10m}
            rollback:
              verify:
                - {id: former, title: The former version answers, uses: http.request, with: {url: "PAGE/former", retryUntilExpected: true}, timeout: 5m}
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    @Test
    void whatTheFormerBuildBeganIsBroughtToItsEndByThisOne() throws Exception {
        Path build = Parts.cached("former", ".").normalize();
        HttpServer page = page();
        try (TemporalServer temporal = TemporalServer.start(folder);
                RedisServer redis = RedisServer.start(folder);
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = temporal.connect()) {
            // Given
            Path config = configuration(temporal, redis, postgres);
            Longwatch former = shell(build, "former", temporal);
            Longwatch now = shell(Longwatch.installation(), "now", temporal);
            broken.addAll(List.of("/going-back", "/former"));
            List<String> ids;
            try (ServerProcess worker = former.readyWorker(config, PATIENCE)) {
                ids = SERVICES.stream()
                        .map(service -> begun(former, service, page.getAddress().getPort()))
                        .toList();
                SERVICES.forEach(service ->
                        awaitRecord(connection, service, record -> record.state() == ReleaseState.AWAITING_DECISION));
                former.run("pause", ids.get(1), "--reason", "lunch").done();
                former.run("approve", ids.get(3), "go", "--reason", "seen").done();
                awaitRecord(
                        connection,
                        "going-back",
                        record -> record.state() == ReleaseState.ROLLING_BACK
                                && record.effects().get(0).state() == EffectState.REVERTED);
                former.run("approve", ids.get(2), "go", "--reason", "seen").done();
                awaitRecord(connection, "soaking", record -> record.state() == ReleaseState.SOAKING);

                // When
                worker.kill();
            }
            try (ServerProcess worker = now.readyWorker(config, PATIENCE)) {
                now.run("approve", ids.get(0), "go", "--reason", "seen").done();
                now.run("approve", ids.get(1), "go", "--reason", "seen").done();
                now.run("resume", ids.get(1), "--reason", "back").done();
                broken.remove("/former");
                SERVICES.forEach(service -> awaitRecord(
                        connection, service, record -> record.state().ended()));

                // Then
                assertThat(worker.alive()).isTrue();
                for (String service : List.of("waiting", "paused", "soaking")) {
                    ReleaseRecord end = record(connection, service);
                    assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
                    assertThat(end.soak())
                            .extracting(window -> window.verdict())
                            .containsExactly(Verdict.PASSED);
                }
                ReleaseRecord back = record(connection, "going-back");
                assertThat(back.state()).as(AurenRelease.words(back)).isEqualTo(ReleaseState.ROLLED_BACK);
                assertThat(SERVICES)
                        .allSatisfy(service -> assertThat(events(connection, service))
                                .as("tasks of " + service)
                                .noneMatch(UpgradeTest::strays)
                                .filteredOn(
                                        event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                                .extracting(event -> event.getWorkflowTaskCompletedEventAttributes()
                                        .getIdentity())
                                .as("one worker after the other")
                                .satisfies(workers ->
                                        assertThat(Set.copyOf(workers)).hasSize(2)));
                for (String service : SERVICES) {
                    Histories.of(connection, ReleaseRequest.workflowId(service, "production"))
                            .replayed()
                            .storeAs(build.getFileName() + "-" + service);
                }
            }
        } finally {
            page.stop(0);
        }
    }

    /** Whether a worker did otherwise than the history says. */
    private static boolean strays(HistoryEvent event) {
        return event.getWorkflowTaskFailedEventAttributes().getCause()
                == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR;
    }

    private HttpServer page() throws IOException {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            exchange.sendResponseHeaders(
                    broken.contains(exchange.getRequestURI().getPath()) ? 500 : 200, -1);
            exchange.close();
        });
        page.start();
        return page;
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Longwatch shell(Path home, String name, TemporalServer temporal) {
        return new Longwatch(home, made(name), temporal, "default");
    }

    private Path configuration(TemporalServer temporal, RedisServer redis, EmbeddedPostgres postgres)
            throws IOException {
        return Files.writeString(folder.resolve("worker.yaml"), """
                temporal: {address: "%s", namespace: default}
                listen: {port: LISTEN}
                environments:
                  production:
                    connections:
                      cache: {kind: redis, uri: "%s"}
                      tables: {kind: postgres, url: "%s", user: %s}
                """.formatted(
                        temporal.address(), redis.uri(), postgres.url(), postgres.user()));
    }

    private String begun(Longwatch shell, String service, int port) {
        try {
            Path plan = Files.writeString(
                    folder.resolve(service + ".yaml"),
                    PLAN.replace("SERVICE", service).replace("PAGE", "http://127.0.0.1:" + port));
            return shell.begin(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitRecord(Connection connection, String service, Predicate<ReleaseRecord> holds) {
        await(service)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WorkflowException.class)
                .until(() -> holds.test(record(connection, service)));
    }

    private static ReleaseRecord record(Connection connection, String service) {
        return connection
                .client()
                .newWorkflowStub(ReleaseWorkflow.class, ReleaseRequest.workflowId(service, "production"))
                .record();
    }

    private static List<HistoryEvent> events(Connection connection, String service) {
        return connection
                .client()
                .fetchHistory(ReleaseRequest.workflowId(service, "production"))
                .getEvents();
    }
}
