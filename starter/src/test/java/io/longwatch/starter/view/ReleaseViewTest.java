package io.longwatch.starter.view;

import static io.longwatch.starter.SampleRelease.T;
import static io.longwatch.starter.SampleRelease.check;
import static io.longwatch.starter.SampleRelease.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.report.OpenWindow;
import io.longwatch.soak.Verdict;
import io.longwatch.starter.SampleRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseViewTest {
    private static final Style WIDE = new Style(120, false, true);
    private static final Style NARROW = new Style(80, false, true);

    /** With -Dlongwatch.frames=FOLDER each frame is also written there, coloured, to be looked at. */
    private static List<String> draw(String name, SampleRelease sample, Instant now, Style style) throws IOException {
        String folder = System.getProperty("longwatch.frames");
        if (folder != null) {
            Style coloured = new Style(style.width(), true, style.unicode());
            Files.write(
                    Path.of(folder, name + "-" + style.width() + ".txt"),
                    ReleaseView.lines(sample.plan(), sample.record(), now, coloured));
        }
        return ReleaseView.lines(sample.plan(), sample.record(), now, style);
    }

    static SampleRelease atItsGate() {
        return new SampleRelease()
                .prepared()
                .step("go", StepState.WAITING, 1, 0, 0, null, "waits for the release manager", null)
                .ask(SampleRelease.go(T))
                .state(ReleaseState.AWAITING_DECISION, null);
    }

    static SampleRelease soaking() {
        return new SampleRelease()
                .deployed()
                .state(ReleaseState.SOAKING, null)
                .window(
                        "startup",
                        Verdict.PASSED,
                        T.plusSeconds(420),
                        T.plusSeconds(14820),
                        result(
                                "startup",
                                Verdict.PASSED,
                                240,
                                0,
                                check("p99", "P99 latency", "ms", Verdict.PASSED, 41.2, null, 38.0, 41.0)))
                .window(
                        "rest",
                        null,
                        T.plusSeconds(14820),
                        T.plusSeconds(14820 + 44 * 3600),
                        result(
                                "rest",
                                Verdict.INCONCLUSIVE,
                                162,
                                2,
                                check(
                                        "p99",
                                        "P99 latency",
                                        "ms",
                                        Verdict.PASSED,
                                        43.1,
                                        null,
                                        38.0,
                                        41.0,
                                        66.0,
                                        52.0,
                                        43.1),
                                check(
                                        "errors",
                                        "Error rate",
                                        "%",
                                        Verdict.INCONCLUSIVE,
                                        0.2,
                                        "no data since 02:15",
                                        0.1,
                                        0.2)));
    }

    static SampleRelease rollingBack() {
        SampleRelease sample = new SampleRelease();
        return sample.prepared()
                .step("go", StepState.PASSED, 1, 0, 300, "approved", null, "Ada")
                .step("first-node", StepState.PASSED, 300, 334, "1 of 1 ready, revision 8")
                .step(
                        "second-node",
                        StepState.FAILED,
                        7,
                        334,
                        600,
                        null,
                        "1 of 2 replicas ready after 4m: pod bridge-2 CrashLoopBackOff",
                        null)
                .rollback(
                        "Restore",
                        StepState.PASSED,
                        sample.aStep("undo-rollout", "Undo the rollout", StepState.PASSED, "revision 7 again", null))
                .rollback(
                        "Verify",
                        StepState.RUNNING,
                        sample.aStep("pods", "The former version serves", StepState.RUNNING, null, "1 of 2 ready"))
                .state(ReleaseState.ROLLING_BACK, "Deploy the second node failed");
    }

    @Test
    void aWindowThatFailedIsFilledAsFarAsItCame() throws IOException {
        // Given
        SampleRelease sample = soaking()
                .window(
                        "rest",
                        Verdict.FAILED,
                        T.plusSeconds(14820),
                        T.plusSeconds(14820 + 22 * 3600),
                        result("rest", Verdict.FAILED, 1300, 0))
                .state(ReleaseState.ROLLING_BACK, "the window failed");

        // When
        List<String> lines = draw("failed", sample, T.plus(Duration.ofHours(40)), WIDE);

        // Then
        assertThat(lines)
                .filteredOn(line -> line.contains("FAILED"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("█░")
                        .satisfies(drawn -> assertThat(
                                        drawn.chars().filter(c -> c == '█').count())
                                .isCloseTo(drawn.chars().filter(c -> c == '░').count(), within(1L))));
    }

    @Test
    void aReleaseAtItsGateShowsWhoIsAskedUntilWhenAndHowTheyAnswer() throws IOException {
        // When
        List<String> lines = draw("gate", atItsGate(), T.plusSeconds(1140), WIDE);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo(frame("gate-120"));
    }

    @Test
    void aSoakShowsItsWindowsAsBarsAndTheOpenOneWithItsChecks() throws IOException {
        // When
        List<String> lines = draw("soak", soaking(), T.plus(Duration.ofHours(18)), WIDE);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo(frame("soak-120"));
    }

    @Test
    void itFitsANarrowTerminal() throws IOException {
        // When
        List<String> lines = draw("soak", soaking(), T.plus(Duration.ofHours(18)), NARROW);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo(frame("soak-80"));
    }

    @Test
    void aRollbackShowsItsStagesAndWhatFailed() throws IOException {
        // When
        List<String> lines = draw("rollback", rollingBack(), T.plusSeconds(680), WIDE);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo(frame("rollback-120"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 120, 200})
    void noLineIsLongerThanTheScreen(int width) throws IOException {
        for (SampleRelease sample : List.of(atItsGate(), soaking(), rollingBack())) {
            // When
            List<String> lines = draw("any", sample, T.plusSeconds(1200), new Style(width, false, true));

            // Then
            assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void withoutUnicodeAndColourItIsPlainAscii() throws IOException {
        for (SampleRelease sample : List.of(atItsGate(), soaking(), rollingBack())) {
            // When
            List<String> lines = draw("ascii", sample, T.plusSeconds(1200), new Style(100, false, false));

            // Then
            assertThat(lines).allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7e]*"));
        }
    }

    @Test
    void beforeItsTimeAReleaseCountsDown() throws IOException {
        // Given
        SampleRelease sample = new SampleRelease().state(ReleaseState.SCHEDULED, null);

        // When
        List<String> lines = draw("scheduled", sample, T.minus(Duration.ofMinutes(192)), WIDE);

        // Then
        assertThat(lines.get(0)).endsWith("T-3h12m").contains("SCHEDULED");
    }

    @Test
    void progressOfTheOpenWindowIsShownThoughTheRecordDoesNotKnowIt() {
        // Given
        SampleRelease sample =
                new SampleRelease().deployed().window("startup", null, T.plusSeconds(420), T.plusSeconds(14820), null);

        // When
        List<String> lines = ReleaseView.lines(
                sample.plan(),
                OpenWindow.seen(sample.plan(), sample.record(), SampleRelease.progress("startup")),
                T.plusSeconds(4920),
                WIDE);

        // Then
        assertThat(String.join("\n", lines)).contains("75 looks").contains("41.2 ms");
    }

    private static String frame(String name) throws IOException {
        try (var in = ReleaseViewTest.class.getResourceAsStream(name + ".txt")) {
            return in == null
                    ? "no frame " + name
                    : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
