package io.longwatch.report;

import static io.longwatch.report.Sample.AFTER;
import static io.longwatch.report.Sample.check;
import static io.longwatch.report.Sample.ended;
import static io.longwatch.report.Sample.step;
import static io.longwatch.report.Sample.verdict;
import static io.longwatch.report.Sample.watched;
import static io.longwatch.report.Sample.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowProgress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseReportTest {
    private final Sample sample = new Sample();

    private void aReleaseWithASoak() {
        sample.deploy.add(step("cache", 1));
        sample.seen.add(ended("cache", StepState.PASSED, AFTER));
        sample.checks.add(check("p99", 2));
        sample.windows.add(window("startup", List.of("p99"), 3));
        sample.watched.add(watched("startup", Verdict.PASSED, null, verdict("p99", Verdict.PASSED)));
    }

    @Test
    void theReportTellsTheReleaseFromItsStateToItsTimeline() {
        // Given
        aReleaseWithASoak();

        // When
        String report = ReleaseReport.markdown(sample.plan(3), sample.record());

        // Then
        assertThat(report).startsWith("# The bridge: SUCCEEDED\n");
        assertThat(report.lines().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## Open ends",
                        "## Checklist",
                        "## Soak",
                        "## Effects",
                        "## Decisions",
                        "## Baseline",
                        "## Phases",
                        "## Timeline",
                        "## Parameters");
        assertThat(report)
                .contains("| 1 | PASSED | Step cache | answered PONG |")
                .contains("58 looks, 2 missed, 2m longer")
                .contains("| Check p99 | PASSED | 58 | 38 ms | 90 ms | 41 ms | ▁█▁ |")
                .contains("| KEPT |")
                .doesNotContain("What stays")
                .contains("3 of 3 boxes accounted for");
    }

    @Test
    void durationsStandThereAsPlansWriteThem() {
        // Given
        aReleaseWithASoak();

        // When
        String report = ReleaseReport.markdown(sample.plan(3), sample.record());

        // Then
        assertThat(report).contains("| `startup` | `4h` |").contains("| `version` | `v2.0` |");
    }

    @Test
    void theTimeBeforeTIsSaidToBeCompressedWhereItWas() {
        // Given
        aReleaseWithASoak();
        String usual = ReleaseReport.markdown(sample.plan(3), sample.record());
        sample.compressed = true;

        // When
        String report = ReleaseReport.markdown(sample.plan(3), sample.record());

        // Then
        assertThat(usual).doesNotContain("compressed");
        assertThat(report).containsPattern("\\| T \\| 2025-01-27 14:00[^|]* \\(time before T compressed\\) \\|");
    }

    @Test
    void whatPeopleWroteDoesNotBreakATable() {
        // Given
        aReleaseWithASoak();

        // When
        String report = ReleaseReport.markdown(sample.plan(3), sample.record());

        // Then
        assertThat(report).contains("looks \\| good");
    }

    @Test
    void aWindowThatTheReleaseLeftShowsWhatItHadSeenUntilThen() {
        // Given
        aReleaseWithASoak();
        WindowRecord judged = watched("startup", Verdict.PASSED, null, verdict("p99", Verdict.PASSED));
        sample.watched.set(
                0,
                new WindowRecord(
                        "startup",
                        "Window startup",
                        Sample.DEPLOYED,
                        AFTER.plus(Duration.ofHours(3)),
                        null,
                        null,
                        null,
                        judged.result(),
                        List.of()));

        // When
        String report = ReleaseReport.markdown(sample.plan(3), sample.record());

        // Then
        assertThat(report)
                .contains("### Window startup: no verdict, the release ended before")
                .contains(Markdown.time(Sample.DEPLOYED) + " to " + Markdown.time(AFTER) + ": 58 looks")
                .contains("| Check p99 | PASSED |");
    }

    @Test
    void openEndsNameTheOpenBoxesAndTheWindowsThatDidNotPass() {
        // Given
        aReleaseWithASoak();
        sample.watched.set(0, watched("startup", Verdict.BLIND, null, verdict("p99", Verdict.BLIND)));

        // When
        String report = ReleaseReport.markdown(sample.plan(4), sample.record());

        // Then
        assertThat(report).contains("- Window startup ended BLIND").contains("- boxes OPEN: 2, 3, 4");
    }

    @Test
    void theStatusHasTheFieldsThatScriptsRead() {
        // Given
        aReleaseWithASoak();

        // When
        JsonNode json = Json.mapper().valueToTree(StatusJson.of(sample.plan(3), sample.record()));

        // Then
        assertThat(json.at("/release").asText()).isEqualTo("bridge-production-20250127-1");
        assertThat(json.at("/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(json.at("/phases/0/id").asText()).isEqualTo("deploy");
        assertThat(json.at("/phases/0/state").asText()).isEqualTo("PASSED");
        assertThat(json.at("/phases/0/steps/0/id").asText()).isEqualTo("cache");
        assertThat(json.at("/phases/0/steps/0/title").asText()).isEqualTo("Step cache");
        assertThat(json.at("/phases/0/steps/0/state").asText()).isEqualTo("PASSED");
        assertThat(json.at("/phases/0/steps/0/attempts").asInt()).isEqualTo(1);
        assertThat(json.at("/soak/0/window").asText()).isEqualTo("startup");
        assertThat(json.at("/soak/0/verdict").asText()).isEqualTo("PASSED");
        assertThat(json.at("/soak/0/looks").asInt()).isEqualTo(58);
        assertThat(json.at("/soak/0/missed").asInt()).isEqualTo(2);
        assertThat(json.at("/boxes/total").asInt()).isEqualTo(3);
        assertThat(json.at("/boxes/PASSED").asInt()).isEqualTo(3);
        assertThat(json.at("/boxes/OPEN").asInt()).isZero();
        assertThat(json.at("/effects/0/step").asText()).isEqualTo("tag");
        assertThat(json.at("/effects/0/state").asText()).isEqualTo("KEPT");
    }

    @Test
    void anOpenWindowShowsWhatItsWatchHasSeenAndTicksNothing() {
        // Given
        aReleaseWithASoak();
        sample.watched.set(
                0,
                new WindowRecord(
                        "startup", "Window startup", Sample.DEPLOYED, AFTER, null, null, null, null, List.of()));
        WindowProgress progress = new WindowProgress(
                "startup",
                7,
                0,
                1,
                Sample.DEPLOYED,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                List.of(new CheckProgress(
                        "p99", 7, 7, 0, 0, 0, 0, 0, 0, 7, 41.0, 38.0, 44.0, List.of(38.0, 41.0), 1, null)));

        // When
        ReleaseRecord seen = OpenWindow.seen(sample.plan(3), sample.record(), progress);

        // Then
        assertThat(StatusJson.of(sample.plan(3), seen).soak().get(0).looks()).isEqualTo(7);
        assertThat(StatusJson.of(sample.plan(3), seen).soak().get(0).verdict()).isNull();
        assertThat(Boxes.of(sample.plan(3), seen).box(3).state()).isEqualTo(StepState.OPEN);
    }

    @Test
    void aRunningStepSaysWhatItsLastAttemptFoundThoughTheRecordDoesNotKnowIt() {
        // Given
        aReleaseWithASoak();
        sample.seen.add(ended("cache-again", StepState.RUNNING, AFTER));

        // When
        ReleaseRecord seen = OpenSteps.waiting(
                sample.record(),
                List.of(
                        new OpenSteps.Retried("redis.ping", "Redis at cache:6379 refuses connections"),
                        new OpenSteps.Retried("git.tag.before", "no route")));

        // Then
        assertThat(seen.step("cache-again").orElseThrow().problem())
                .isEqualTo("Redis at cache:6379 refuses connections");
        assertThat(seen.step("cache").orElseThrow().problem()).isNull();
    }
}
