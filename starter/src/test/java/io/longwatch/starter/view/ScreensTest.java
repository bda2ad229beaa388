package io.longwatch.starter.view;

import static io.longwatch.starter.SampleRelease.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.release.ReleaseState;
import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.ProfileConnector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreensTest {
    private static final Style STYLE = new Style(100, false, true);

    private final StringWriter out = new StringWriter();

    private static void show(Screen screen, SampleRelease sample, Instant now) {
        screen.show(sample.plan(), sample.record(), now);
    }

    private String drawn() {
        String all = out.toString();
        out.getBuffer().setLength(0);
        return all;
    }

    @Test
    void aTerminalIsDrawnOverInPlaceAndItsCursorComesBack() {
        // Given
        TerminalScreen screen = new TerminalScreen(new PrintWriter(out, true), STYLE, 60);
        show(screen, ReleaseViewTest.atItsGate(), T);
        long lines = drawn().lines().count() - 1;

        // When
        show(screen, ReleaseViewTest.soaking(), T.plusSeconds(60000));
        screen.close();

        // Then
        assertThat(drawn())
                .startsWith("\u001b[?25l\u001b[" + lines + "F")
                .contains("SOAKING")
                .endsWith("\u001b[?25h");
    }

    @ParameterizedTest
    @CsvSource({
        "120, 40, xterm, true, TerminalScreen",
        "120, 40, xterm, false, PlainScreen",
        "120, 40, dumb, true, PlainScreen",
        "59, 40, xterm, true, PlainScreen",
        "60, 12, xterm, true, TerminalScreen",
        "120, 9, xterm, true, PlainScreen"
    })
    void aTerminalIsDrawnOverWhereAFrameHasRoom(
            String columns, String lines, String terminal, boolean wanted, String expected) {
        // Given
        World world = new World(
                Clock.systemUTC(),
                ZoneOffset.UTC,
                Map.of("COLUMNS", columns, "LINES", lines, "TERM", terminal),
                "ada",
                new ProfileConnector(Map.of()),
                true);

        // When
        Screen screen = Screen.on(new PrintWriter(out, true), world, wanted);

        // Then
        assertThat(screen.getClass().getSimpleName()).isEqualTo(expected);
        screen.close();
    }

    @Test
    void aFrameTallerThanTheTerminalFoldsWhatIsPastAndKeepsWhatRuns() {
        // Given
        TerminalScreen screen = new TerminalScreen(new PrintWriter(out, true), STYLE, 16);

        // When
        show(screen, ReleaseViewTest.soaking(), T.plusSeconds(60000));

        // Then
        String frame = drawn();
        assertThat(frame.lines().count()).isLessThanOrEqualTo(16);
        assertThat(frame)
                .contains("SOAKING", "phases done", "P99 latency", "Effects")
                .doesNotContain("lines more");
        screen.close();
    }

    @Test
    void whatNoFoldingMakesFitIsCutInItsMiddle() {
        // Given
        TerminalScreen screen = new TerminalScreen(new PrintWriter(out, true), STYLE, 12);

        // When
        show(screen, ReleaseViewTest.atItsGate(), T);

        // Then
        String frame = drawn();
        assertThat(frame.lines().count()).isLessThanOrEqualTo(12);
        assertThat(frame).contains("AWAITING DECISION", "lines more", "Effects");
        screen.close();
    }

    @Test
    void aPlainScreenPrintsALinePerChangeAndNothingTwice() {
        // Given
        PlainScreen screen = new PlainScreen(new PrintWriter(out, true), STYLE);
        show(screen, ReleaseViewTest.atItsGate(), T);
        String first = drawn();

        // When
        show(screen, ReleaseViewTest.atItsGate(), T.plusSeconds(5));
        String second = drawn();

        // Then
        assertThat(first)
                .contains("2025-01-27 12:00:20  ")
                .contains("Tag v2.0: PASSED, tag v2.0 at 4f2c91d, pushed")
                .contains("? Deploy the first node?: Release manager, until 2025-01-27 15:00 UTC, then abort");
        assertThat(second).isEmpty();
    }

    @Test
    void aPlainScreenTellsAPhasesBeginningAheadOfItsStepsItsEndBehindThemAndAReleasesBehindAll() {
        // Given
        PlainScreen screen = new PlainScreen(new PrintWriter(out, true), STYLE);
        SampleRelease sample = new SampleRelease().prepared();

        // When
        show(screen, sample.ended(ReleaseState.SUCCEEDED, null, T), T);

        // Then
        List<String> lines = drawn().lines().toList();
        assertThat(lines.get(lines.size() - 1)).endsWith("SUCCEEDED");
        assertThat(lines.stream()
                        .filter(line -> line.contains("Code preparation") || line.contains("sha256:91c4d0e85f2a")))
                .satisfiesExactly(
                        phase -> assertThat(phase).contains("Code preparation: RUNNING"),
                        step -> assertThat(step).contains("PASSED, auren/biometric-bridge:v2.0"),
                        phase -> assertThat(phase).contains("Code preparation: PASSED"));
    }

    @Test
    void aPlainScreenTellsASoakByTenths() {
        // Given
        PlainScreen screen = new PlainScreen(new PrintWriter(out, true), STYLE);
        show(screen, ReleaseViewTest.soaking(), T.plus(Duration.ofHours(18)));
        drawn();

        // When
        show(screen, ReleaseViewTest.soaking(), T.plus(Duration.ofHours(18)).plusSeconds(60));
        String soon = drawn();
        show(screen, ReleaseViewTest.soaking(), T.plus(Duration.ofHours(24)));

        // Then
        assertThat(soon).isEmpty();
        assertThat(drawn()).contains("Hours 4 to 48: 40%, 162 looks, 2 missed");
    }
}
