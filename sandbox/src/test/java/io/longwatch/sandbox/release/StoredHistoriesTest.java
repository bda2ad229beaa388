package io.longwatch.sandbox.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longwatch.contract.Json;
import io.longwatch.release.Change;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Releases under way outlive the upgrade of their worker: what an earlier build did, this one does again. When a history
 * here no longer replays, guard the change of the workflow ({@code Workflow.getVersion}) rather than the test.
 *
 * <p>Those in folders {@code real} were written by a Temporal server for releases with a ledger, and stored by {@code
 * system-tests/histories}, those whose names begin with {@code former} for releases that an earlier build began and this
 * one ended. Those in folders {@code virtual} are of the in-memory server, in virtual time, without a ledger; to store
 * them anew: {@code ./mvnw -pl sandbox -am test -Dtest=StoredHistoriesTest -Dlongwatch.histories=record
 * -Dsurefire.failIfNoSpecifiedTests=false}. What an older build left is kept in a folder named after the change that it
 * did not know. As long as a release of an earlier build can still be running, add histories rather than replace them, and
 * look at what changed.
 */
@Timeout(180)
class StoredHistoriesTest {
    private static final Path STORED = Path.of("src", "test", "resources", "histories");
    private static final Path LATEST = STORED.resolve("virtual");
    private static final String PACKED = ".json.gz";
    private static final long MOST_BYTES = 1_000_000;

    @ParameterizedTest
    @MethodSource("stored")
    void aStoredHistoryReplays(Path file) throws IOException {
        // Given
        WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(text(file));

        // When / Then
        assertThatCode(() -> Trial.replay(history)).as(file.toString()).doesNotThrowAnyException();
    }

    /** What no history has come to is replayed by none: a mistake in it would be found by a running release. */
    @Test
    @DisabledIfSystemProperty(named = "longwatch.histories", matches = "record")
    void everyChangeIsKnownToAStoredHistory() throws IOException {
        // When
        Set<String> known = new TreeSet<>();
        for (Path file : stored()) {
            known.addAll(changes(file));
        }

        // Then
        assertThat(known).containsAll(Stream.of(Change.values()).map(Change::id).toList());
    }

    private static List<String> changes(Path file) throws IOException {
        return WorkflowExecutionHistory.fromJson(text(file)).getEvents().stream()
                .map(HistoryEvent::getMarkerRecordedEventAttributes)
                .filter(marker -> marker.getMarkerName().equals("Version"))
                .map(marker -> Json.dataConverter()
                        .fromPayload(marker.getDetailsOrThrow("changeId").getPayloads(0), String.class, String.class))
                .toList();
    }

    private static String text(Path file) throws IOException {
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(packed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.walk(STORED)) {
            return files.filter(file -> file.toString().endsWith(PACKED))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Stories.class)
    @DisabledIfSystemProperty(named = "longwatch.histories", matches = "record")
    void everyStoryIsStored(Stories story) {
        assertThat(LATEST.resolve(story.file() + PACKED)).exists();
    }

    @ParameterizedTest
    @EnumSource(Stories.class)
    @EnabledIfSystemProperty(named = "longwatch.histories", matches = "record")
    void recordAnew(Stories story) throws IOException {
        Files.createDirectories(LATEST);
        try (Trial trial = story.told()) {
            int run = 1;
            for (WorkflowExecutionHistory history : trial.histories()) {
                Path file = LATEST.resolve(story.file() + (run == 1 ? "" : "-" + run) + PACKED);
                try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
                    packed.write(history.toJson(false).getBytes(StandardCharsets.UTF_8));
                }
                assertThat(Files.size(file)).isLessThan(MOST_BYTES);
                run++;
            }
        }
    }
}
