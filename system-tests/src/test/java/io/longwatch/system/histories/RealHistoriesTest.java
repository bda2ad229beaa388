package io.longwatch.system.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.sandbox.slack.SlackStandIn;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Namespace;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.common.SearchAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a release can go, on a real server with a ledger; {@code system-tests/histories} stores them. */
@Timeout(900)
class RealHistoriesTest {
    private static final String SHORT_RUNS = "limit.historyCount.suggestContinueAsNew=40";

    @TempDir
    static Path folder;

    private static RedisServer redis;
    private static EmbeddedPostgres postgres;
    private static SlackStandIn slack;
    private static final ExecutorService TELLERS = Executors.newCachedThreadPool();
    private static final Map<RealStory, Future<Histories>> TOLD = new EnumMap<>(RealStory.class);

    private static Place longRuns;
    private static Place shortRuns;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start(folder);
        postgres = EmbeddedPostgres.start();
        makeDatabases();
        slack = SlackStandIn.start(Clock.systemUTC());
        slack.channel("releases");
        longRuns = new Place("long-runs");
        shortRuns = new Place("short-runs", "--dynamic-config-value", SHORT_RUNS);
        tell(RealStory.SUCCEEDED);
        // What a first task loads may take the time of more than one task.
        await("a release").atMost(Duration.ofMinutes(3)).until(() -> longRuns.asksAbout(RealStory.SUCCEEDED));
        // They mostly wait, so all of them are told at once.
        EnumSet.complementOf(EnumSet.of(RealStory.SUCCEEDED)).forEach(RealHistoriesTest::tell);
    }

    /** Two for each release, since a migration stands on those before it in its database. */
    private static void makeDatabases() throws SQLException {
        try (var connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            for (RealStory story : RealStory.values()) {
                for (String database : story.databases()) {
                    statement.execute("CREATE DATABASE \"" + database + "\"");
                }
            }
        }
    }

    private static void tell(RealStory story) {
        Place place = story == RealStory.CONTINUED_AS_NEW ? shortRuns : longRuns;
        TOLD.put(story, TELLERS.submit(() -> place.tell(story)));
    }

    @AfterAll
    static void stop() throws Exception {
        TELLERS.shutdownNow();
        for (Place place : new Place[] {shortRuns, longRuns}) {
            if (place != null) {
                place.close();
            }
        }
        if (slack != null) {
            slack.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseGoesAsItsStorySaysAndItsHistoryReplays(RealStory story) throws Exception {
        // When
        Histories histories = TOLD.get(story).get();

        // Then
        assertThat(histories.runs().size()).isGreaterThanOrEqualTo(story.runs());
        histories.replayed().storeAs(story.id());
        assertThat(Histories.stored(story.id()))
                .as("system-tests/histories stores it")
                .isTrue();
    }

    /** A Temporal server and a worker of it, whose ledger is the one database of all. */
    private static final class Place implements AutoCloseable {
        private final TemporalServer server;
        private final Connection connection;
        private final Metrics metrics = new Metrics();
        private final LongwatchWorker worker;

        Place(String name, String... flags) throws Exception {
            server = TemporalServer.start(Files.createDirectories(folder.resolve(name)), flags);
            connection = server.connect();
            worker = new LongwatchWorker(
                    WorkerConfigFile.parse(configuration(), "worker.yaml"),
                    client("worker"),
                    metrics,
                    LongwatchWorker.Parts.ofReleases(),
                    Clock.systemUTC());
            worker.start();
        }

        private WorkflowClient client(String identity) {
            return WorkflowClient.newInstance(
                    connection.client().getWorkflowServiceStubs(),
                    WorkflowClientOptions.newBuilder()
                            .setIdentity(identity)
                            .setDataConverter(Json.dataConverter())
                            .build());
        }

        private static String configuration() throws Exception {
            Path token = Files.writeString(folder.resolve("slack-token"), slack.botToken());
            StringBuilder databases = new StringBuilder();
            for (RealStory story : RealStory.values()) {
                for (String database : story.databases()) {
                    databases.append("      %s: {kind: postgres, url: \"%s\", user: %s}%n"
                            .formatted(database, url(database), postgres.user()));
                }
            }
            return """
                    environments:
                      production:
                        connections:
                    %s      cache: {kind: redis, uri: "%s"}
                          slack: {kind: slack, botToken: {file: "%s"}, baseUrl: "%s"}
                    listen: {port: 0}
                    ledger: {url: "%s", user: %s}
                    """.formatted(databases, redis.uri(), token, slack.baseUrl(), postgres.url(), postgres.user());
        }

        private static String url(String database) {
            return postgres.url().replaceFirst("[^/]*$", database);
        }

        /** Plays a story to its end and gives its histories. */
        Histories tell(RealStory story) {
            try (RealRelease release = new RealRelease(story, connection)) {
                ReleaseRecord record = release.played();
                Histories histories = Histories.of(connection, release.workflowId());
                assertThat(record.state()).as(record.toString()).isEqualTo(story.end());
                assertThat(histories.runs().get(0).getEvents())
                        .as("pages of the ledger and versions of the workflow")
                        .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
                        .extracting(event ->
                                event.getMarkerRecordedEventAttributes().getMarkerName())
                        .contains("Version", "LocalActivity");
                assertFoundOnce(release, story);
                return histories;
            }
        }

        /** By how it ended, where it ended; by no deadline of a soak that is over. */
        private void assertFoundOnce(RealRelease release, RealStory story) {
            SearchAttributes end = indexed(release.at());
            assertThat(end.get(Namespace.STATUS)).isEqualTo(story.end().name());
            assertThat(end.get(Namespace.SOAK_DEADLINE)).isNull();
            if (!release.at().equals(release.workflowId())) {
                SearchAttributes left = indexed(release.workflowId());
                assertThat(left.get(Namespace.SERVICE)).isEqualTo(story.id());
                assertThat(left.get(Namespace.STATUS)).isNull();
                assertThat(left.get(Namespace.SOAK_DEADLINE)).isNull();
            }
        }

        private SearchAttributes indexed(String workflowId) {
            return connection
                    .client()
                    .newUntypedWorkflowStub(workflowId)
                    .describe()
                    .getTypedSearchAttributes();
        }

        boolean asksAbout(RealStory story) {
            String workflowId = ReleaseRequest.workflowId(story.id(), "production");
            try {
                ReleaseRecord record = connection
                        .client()
                        .newWorkflowStub(ReleaseWorkflow.class, workflowId)
                        .record();
                return !record.questions().isEmpty();
            } catch (WorkflowException notBegun) {
                return false;
            }
        }

        @Override
        public void close() {
            worker.close();
            metrics.close();
            connection.close();
            server.close();
        }
    }
}
