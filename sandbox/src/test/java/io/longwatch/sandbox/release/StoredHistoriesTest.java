package io.longwatch.sandbox.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
 * <p>Those in the folder {@code real} were written by a Temporal server for releases with a ledger, and stored by {@code
 * system-tests/histories}, those whose names begin with {@code landed} for releases that an earlier build began and this
 * one ended. Those in the folder {@code people} are of the in-memory server, in virtual time, without a ledger, by the
 * build that first bound answers to what was shown. To store the latter anew: {@code ./mvnw -pl sandbox -am test
 * -Dtest=StoredHistoriesTest -Dlongwatch.histories=record -Dsurefire.failIfNoSpecifiedTests=false}. Add histories rather
 * than replace them as long as a release of an earlier build can still be running, and look at what changed.
 */
@Timeout(180)
class StoredHistoriesTest {
    private static final Path STORED = Path.of("src", "test", "resources", "histories");
    private static final Path LATEST = STORED.resolve("people");
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
