package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.report.ReleaseReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class OrderTest {
    @Test
    void stepsOfAPhaseRunOneAfterAnotherAndAGroupSideBySide() {
        // Given
        String group = "{parallel: {id: both, title: both}, steps: [" + read("b") + ", " + read("c") + "]}";
        try (Trial trial = Trial.of(deploying(read("a"), group, read("d")))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(trial.scheduled())
                    .containsExactly("redis.ping a", "redis.ping b", "redis.ping c", "redis.ping d");
            assertThat(record.step("c").orElseThrow().startedAt())
                    .isBefore(record.step("b").orElseThrow().endedAt());
        }
    }

    @Test
    void aPhaseNeverBeginsBeforeItsTimeNorBeforeTheOneAhead() {
        // Given
        String phases = phase("prepare", "T-2h", read("a"))
                + phase("check", "T-90m", gate("go", "approvals: [{role: manager}], deadline: 2h"))
                + phase("late", "T-80m", read("b"))
                + phase("deploy", "T", read("c"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofMinutes(30));
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.compressed()).isFalse();
            assertThat(record.phases().get(0).startedAt())
                    .isBetween(
                            trial.deployAt.minus(Duration.ofHours(2)), trial.deployAt.minus(Duration.ofMinutes(119)));
            assertThat(record.phases().get(2).startedAt())
                    .isAfter(trial.deployAt.minus(Duration.ofMinutes(80)))
                    .isAfterOrEqualTo(record.phases().get(1).endedAt());
            assertThat(record.phases().get(3).startedAt()).isBetween(trial.deployAt, trial.deployAt.plusSeconds(60));
        }
    }

    @Test
    void aReleaseThatIsToBeginAtOnceCompressesTheTimeBeforeTAndSaysSo() {
        // Given
        String phases = phase("prepare", "T-2h", read("a")) + phase("deploy", "T", read("b"));
        try (Trial trial = Trial.now(of("", phases, "", ""))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.compressed()).isTrue();
            assertThat(record.deployAt()).isBefore(trial.deployAt.minus(Duration.ofHours(2)));
            assertThat(ReleaseReport.markdown(trial.request.plan(), record)).contains("(time before T compressed)");
        }
    }

    @Test
    void whatDoesNotApplyIsNotRunAndSaysWhy() {
        // Given
        String head = "parameters: {blue: {type: boolean, default: false}}\n";
        String phases = phase("deploy", "T", read("a", "when: params.blue"), read("b"));
        try (Trial trial = Trial.now(of(head, phases, "", ""))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.step("a").orElseThrow().state()).isEqualTo(StepState.NOT_APPLICABLE);
            assertThat(record.step("a").orElseThrow().problem()).contains("params.blue");
            assertThat(trial.scheduled()).containsExactly("redis.ping b");
        }
    }

    @Test
    void laterStepsSeeBaselinesAndResultsOfEarlierOnes() {
        // Given
        String use =
                "{id: use, title: use, uses: kubernetes.scale, with: {deployment: '${{ steps.first.result.answer }}',"
                        + " namespace: production, replicas: 2}, expect: 'result.readyReplicas > baseline.ready'}";
        try (Trial trial =
                Trial.now(deploying(read("first"), scale("second", "baseline: {ready: result.readyReplicas}"), use))) {
            trial.world.on("redis.ping first", () -> Map.of("answer", "bridge", "summary", "ok"));
            trial.world.on("kubernetes.scale use", () -> Map.of("readyReplicas", 2, "summary", "2"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.baseline()).containsEntry("ready", 1);
            assertThat(trial.world.inputs.get("kubernetes.scale use").get("deployment"))
                    .isEqualTo("bridge");
        }
    }

    @Test
    void whetherAStepHasRunCanBeAsked() {
        // Given
        String head = "parameters: {blue: {type: boolean, default: false}, long: {type: duration, default: 2h}}\n";
        String two = scale("two", "onFailure: rollForward", "rollForward: [" + scale("one") + "]");
        String asks = "expect: '!has(steps.absent.result) && !has(steps.one.result) && has(steps.two.result)'";
        String phases = phase("deploy", "T", read("absent", "when: params.blue"), two, read("last", asks));
        String soak = soak(
                ", failureCondition: 'has(steps.absent.result) || has(steps.one.result) || params.long < duration(\"1h\")'",
                window("w", "duration: 1h, interval: 10m"));
        try (Trial trial = Trial.now(of(head, phases, "", soak))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void anUnknownFeatureAbortsInWords() {
        // Given
        try (Trial trial = Trial.requiring(deploying(read("a")), "plan/v9")) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).contains("plan/v9");
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @Test
    void unknownAndMissingFieldsOfAResultAreTolerated() {
        // Given
        try (Trial trial = Trial.now(deploying(scale("a")))) {
            trial.world.on("kubernetes.scale a", () -> Map.of("nobody", "knows", "summary", "ok"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void anExpressionThatCannotBeEvaluatedIsShownToPeopleWhoDecide() {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], bind: ['steps.absent.result.answer']");
        String head = "parameters: {blue: {type: boolean, default: false}}\n";
        String phases = phase("deploy", "T", read("absent", "when: params.blue"), gate);
        try (Trial trial = Trial.now(of(head, phases, "", ""))) {
            List<String> shown = trial.awaitQuestion("go").details();
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(shown).contains("steps.absent.result.answer = not known: 'absent' NOT_APPLICABLE");
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void aReleaseThatIsTooLateIsHeldAndSilenceAborts() {
        // Given
        String phases = phase("check", "T-1h", gate("go", "approvals: [{role: manager}], deadline: 5h"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofHours(2));
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).contains("too late");
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @Test
    void aRescheduledReleaseLooksAgainAtWhatHasAgedAndAsksAgainWhatHasChanged() {
        // Given
        String phases = phase(
                        "check",
                        "T-1h",
                        read("old", "validFor: 30m"),
                        read("young", "validFor: 20h"),
                        gate("go", "approvals: [{role: manager}], deadline: 5h, bind: ['steps.old.result.answer']"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.world.reply("go", "bob", Verb.APPROVE).reply("go", "bob", Verb.APPROVE);
            trial.pass(Duration.ofMinutes(150));
            trial.world.on("redis.ping old", () -> Map.of("answer", "changed", "summary", "ok"));
            trial.say(Verb.RESCHEDULE, trial.deployAt.plus(Duration.ofHours(3)).toString());

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("old").orElseThrow().attempts()).isEqualTo(2);
            assertThat(record.step("young").orElseThrow().attempts()).isEqualTo(1);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(2);
            assertThat(record.phases().get(1).startedAt())
                    .isBetween(trial.deployAt.plus(Duration.ofHours(3)), trial.deployAt.plus(Duration.ofMinutes(181)));
        }
    }

    @Test
    void aPauseOverTheDeploymentTimeDoesNotLetItDeployTooLate() {
        // Given
        String phases = phase("check", "T-1h", read("a")) + phase("deploy", "T", scale("b"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.say(Verb.PAUSE);
            trial.pass(Duration.ofHours(6));
            trial.say(Verb.RESUME);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(trial.scheduled()).doesNotContain("kubernetes.scale b");
        }
    }

    @Test
    void aFailureInAGroupWaitsForItsOthersAndAsks() {
        // Given
        String group = "{parallel: {id: both, title: both}, steps: [" + read("b") + ", " + read("c") + "]}";
        try (Trial trial = Trial.now(deploying(group, read("d")))) {
            trial.world.on("redis.ping b", () -> {
                throw Failures.failed("no", null);
            });
            trial.world.reply("b", "ada", Verb.SKIP);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("b").orElseThrow().state()).isEqualTo(StepState.WAIVED);
        }
    }

    @Test
    void aReleaseThatWasTooLateLooksAgainAtItsNewTime() {
        // Given
        String phases = phase(
                        "check",
                        "T-1h",
                        read("old", "validFor: 30m"),
                        gate("go", "approvals: [{role: manager}], deadline: 5h, bind: ['steps.old.result.answer']"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofHours(2));
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.awaitQuestion("deployment-time");
            trial.world.on("redis.ping old", () -> Map.of("answer", "changed", "summary", "ok"));
            trial.world.reply("go", "bob", Verb.APPROVE);
            Instant next = trial.deployAt.plus(Duration.ofHours(5));
            trial.say(Verb.RESCHEDULE, next.toString());

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("old").orElseThrow().endedAt()).isAfterOrEqualTo(next);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(2);
            assertThat(record.step("go").orElseThrow().by()).isEqualTo("Person bob");
            assertThat(record.step("a").orElseThrow().startedAt()).isAfterOrEqualTo(next);
        }
    }

    @Test
    void aReleaseAskedForNowThatWasRescheduledWaitsForItsTime() {
        // Given
        String phases = phase("check", "T-1h", gate("go", "approvals: [{role: manager}], deadline: 5h"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.now(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            Instant next = trial.deployAt.plus(Duration.ofHours(20));
            trial.say(Verb.RESCHEDULE, next.toString());
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.deployAt()).isEqualTo(next);
            assertThat(record.step("a").orElseThrow().startedAt()).isBetween(next, next.plusSeconds(60));
        }
    }

    @Test
    void aReleaseAskedForNowThatBecameTooLateWaitsForTheTimeItIsGiven() {
        // Given
        String phases = phase("check", "T-1h", read("old", "validFor: 30m"))
                + phase("deploy", "T", gate("go", "approvals: [{role: manager}], deadline: 5h"), scale("a"));
        try (Trial trial = Trial.now(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofHours(2));
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.awaitQuestion("deployment-time");
            Instant next = trial.deployAt.plus(Duration.ofHours(20));
            trial.say(Verb.RESCHEDULE, next.toString());

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("old").orElseThrow().attempts()).isEqualTo(2);
            assertThat(record.step("a").orElseThrow().startedAt()).isBetween(next, next.plusSeconds(60));
        }
    }

    @Test
    void aPauseInsideTheDeployPhaseDoesNotLetItsFirstEffectComeTooLate() {
        // Given
        String group = "{parallel: {id: both, title: both}, steps: [" + scale("b") + ", " + scale("c") + "]}";
        try (Trial trial = Trial.now(deploying(read("a"), group))) {
            trial.world.on("redis.ping a", () -> {
                trial.say(Verb.PAUSE);
                return Map.of("summary", "ok");
            });
            trial.pass(Duration.ofHours(6));
            trial.say(Verb.RESUME);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).contains("too late");
            assertThat(trial.scheduled()).containsExactly("redis.ping a");
        }
    }

    @Test
    void anEffectThatUsersFeelReopensAGateAtT() {
        // Given
        String phases = phase("check", "T-1h", gate("go", "approvals: [{role: manager}], deadline: 2h"))
                + phase("touch", "T-10m", scale("felt"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.world.reply("go", "ada", Verb.APPROVE).reply("go", "bob", Verb.APPROVE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(2);
            assertThat(record.step("go").orElseThrow().by()).isEqualTo("Person bob");
        }
    }

    @Test
    void anEffectThatStaysAnywayDoesNotReopenAGate() {
        // Given
        String phases = phase("check", "T-1h", gate("go", "approvals: [{role: manager}], deadline: 2h"))
                + phase("prepare", "T-30m", scale("kept", "undo: keep"), scale("cleaned", "undo: cleanup"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.world.reply("go", "ada", Verb.APPROVE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(1);
        }
    }

    @Test
    void aPointThatIsNotRequiredDoesNotHoldTheReleaseUpAndMayBeAnsweredLater() {
        // Given
        String item = "item: {role: manager, required: false, deadline: 24h}";
        String phases = phase(
                        "check",
                        "T-1h",
                        "{id: early, title: early, " + item + "}",
                        "{id: never, title: never, " + item + "}",
                        read("a"))
                + phase("deploy", "T", scale("b"))
                + phase("after", "T+5h", read("c"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.pass(Trial.LEAD.plus(Duration.ofHours(1)));
            ReleaseState meanwhile = trial.record().state();
            trial.decide(Verb.ATTEST, "early", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(meanwhile).isEqualTo(ReleaseState.RUNNING);
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("b").orElseThrow().startedAt())
                    .isBetween(trial.deployAt, trial.deployAt.plusSeconds(60));
            assertThat(record.endedAt()).isBefore(trial.deployAt.plus(Duration.ofHours(6)));
            assertThat(record.step("early").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
            assertThat(record.step("never").orElseThrow().state()).isEqualTo(StepState.OPEN);
            assertThat(record.questions()).isEmpty();
        }
    }
}
