package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class WayBackTest {
    private static final List<String> STEPS = List.of("one", "two", "three", "four", "five");
    private static final String PHASES = phase(
            "deploy",
            "T",
            scale("one", "undo: keep"),
            scale("two", "undo: cleanup"),
            scale("three"),
            scale("four", "undo: cleanup"),
            scale("five"),
            read("six", "onFailure: rollback"));
    private static final String BACK = """
            rollback:
              restore:
                - {id: back-five, title: back five, undoes: five}
                - {id: back-three, title: back three, undoes: three}
              verify:
                - {id: healthy, title: healthy, uses: redis.ping}
              dataLoss:
                - {id: lost, title: lost, uses: redis.ping, expect: "result.answer == 'PONG'"}
            """;
    private static final String PLAN = of("", PHASES, BACK, "");
    private static final String RUN =
            "{id: run, title: run, uses: command.run, with: {connection: c, name: smoke}, onFailure: continue}";

    @Test
    void whatTakesAnEffectBackIsNamedByTheActivityItRuns() {
        // Given
        String byAction = BACK.replace(
                "undoes: three}", "undoes: three, uses: kubernetes.scale, with: {deployment: d, replicas: 1}}");
        try (Trial trial = Trial.now(of("", PHASES, byAction, ""))) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.reply("six", "ada", Verb.ROLLBACK);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.rollback().get(0).steps())
                    .extracting(step -> step.id() + " " + step.uses())
                    .containsExactly("back-five kubernetes.scale.undo", "back-three kubernetes.scale");
            assertThat(record.rollback().get(3).steps())
                    .extracting(step -> step.uses())
                    .containsExactly("kubernetes.scale.undo", "kubernetes.scale.undo");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "two", "three", "four", "five", "six"})
    void aFailureAtAnyStepEndsEveryEffectOnceAndStartsNothingForward(String failing) {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on((failing.equals("six") ? "redis.ping " : "kubernetes.scale ") + failing, () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.reply(failing, "ada", Verb.ROLLBACK);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            int begun = failing.equals("six") ? 5 : STEPS.indexOf(failing) + 1;
            Map<String, EffectState> ends = Trial.ends(record);
            assertThat(ends.keySet()).containsExactlyElementsOf(STEPS.subList(0, begun));
            ends.forEach((step, end) ->
                    assertThat(end).as(step).isEqualTo(step.equals("one") ? EffectState.KEPT : EffectState.REVERTED));
            List<String> undos = trial.world.calls.stream()
                    .filter(call -> call.contains(".undo "))
                    .map(call -> call.split(" ")[1])
                    .toList();
            assertThat(undos)
                    .containsExactlyElementsOf(List.of("five", "three", "four", "two").stream()
                            .filter(ends::containsKey)
                            .toList());
            List<String> scheduled = trial.scheduled();
            int first = (int) scheduled.stream()
                    .takeWhile(call -> !call.contains(".undo "))
                    .count();
            assertThat(scheduled.subList(Math.min(first, scheduled.size()), scheduled.size()))
                    .allMatch(call -> call.contains(".undo ") || call.endsWith(" healthy") || call.endsWith(" lost"));
        }
    }

    @Test
    void anAttemptThatDiesAfterItsEffectIsTakenBackWithoutAResult() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("kubernetes.scale three", () -> {
                throw Failures.failed("lost after it was done", null);
            });
            trial.world.on("kubernetes.scale.undo two", () -> UndoResult.notNeeded("never was"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(trial.world.calls)
                    .contains("kubernetes.scale.undo three without result", "kubernetes.scale.undo two with result");
            assertThat(Trial.ends(record))
                    .containsEntry("three", EffectState.REVERTED)
                    .containsEntry("two", EffectState.NOT_NEEDED);
        }
    }

    @Test
    void whatTheRestoreStageTakesBackIsWhatUsersFeelWhateverItIsByItself() {
        // Given
        String switched = "{id: run, title: run, uses: command.run, with: {connection: c, name: new}}";
        String back = """
                rollback:
                  restore:
                    - {id: back, title: back, undoes: run, uses: command.run, with: {connection: c, name: former}}
                  verify:
                    - {id: healthy, title: healthy, uses: redis.ping}
                """;
        try (Trial trial = Trial.now(of("", phase("deploy", "T", switched, read("after")), back, ""))) {
            trial.world.on("redis.ping after", () -> {
                throw Failures.failed("broken", null);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(Trial.ends(record)).containsEntry("run", EffectState.REVERTED);
            assertThat(trial.scheduled()).anyMatch(call -> call.endsWith(" healthy"));
        }
    }

    @Test
    void aRetryByAPersonKeepsWhatWasRecordedBefore() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        try (Trial trial = Trial.now(deploying(scale("one", "onFailure: ask")))) {
            trial.world.on("kubernetes.scale one", () -> {
                if (tries.incrementAndGet() == 1) {
                    throw Failures.failed("not yet", null);
                }
                return Map.of("summary", "ok");
            });
            trial.world.reply("one", "ada", Verb.RETRY);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(trial.scheduled())
                    .containsExactly("kubernetes.scale.before one", "kubernetes.scale one", "kubernetes.scale one");
        }
    }

    @Test
    void aFindingOfLostDataIsShownAndAsked() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on("redis.ping lost", () -> Map.of("answer", "3 rows lost", "summary", "3 rows lost"));
            trial.world.reply("lost", "ada", Verb.ATTEST);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.step("lost").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ABORT, COMPENSATION_FAILED, REFUSED, FAILED",
        "ATTEST, ROLLED_BACK, REVERTED, ATTESTED",
        "RETRY, ROLLED_BACK, REVERTED, PASSED"
    })
    void aRestoreThatIsRefusedIsAskedAboutSinceTheBadVersionMayStillServe(
            Verb answer, ReleaseState end, EffectState effect, StepState step) {
        // Given
        AtomicInteger tries = new AtomicInteger();
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on(
                    "kubernetes.scale.undo five",
                    () -> tries.incrementAndGet() == 1
                            ? UndoResult.refused("someone changed it")
                            : UndoResult.reverted("as before"));
            trial.world.reply("back-five", "ada", answer);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(end);
            assertThat(Trial.ends(record)).containsEntry("five", effect).containsEntry("three", EffectState.REVERTED);
            assertThat(record.step("back-five").orElseThrow().state()).isEqualTo(step);
        }
    }

    @Test
    void aCleanUpThatIsRefusedStaysOpenAndIsNotAskedAbout() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on("kubernetes.scale.undo four", () -> UndoResult.refused("in use"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(Trial.ends(record)).containsEntry("four", EffectState.REFUSED);
            assertThat(record.step("clean-up-four").orElseThrow().state()).isEqualTo(StepState.OPEN);
            assertThat(record.step("clean-up-four").orElseThrow().problem()).isEqualTo("in use");
        }
    }

    @Test
    void givingUpFailsTheWorkflowByItsName() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on("kubernetes.scale.undo three", () -> {
                throw Failures.failed("stuck", null);
            });
            trial.world.reply("back-three", "ada", Verb.ABORT);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.COMPENSATION_FAILED);
            assertThat(Trial.ends(record))
                    .containsEntry("three", EffectState.FAILED)
                    .containsEntry("five", EffectState.REVERTED)
                    .containsEntry("two", EffectState.REVERTED);
            WorkflowFailedException failure = trial.failure();
            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            cause -> assertThat(cause.getType()).isEqualTo("COMPENSATION_FAILED"));
        }
    }

    @Test
    void aRollbackStepIsTriedAgainOrDoneByHandAsPeopleSay() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("redis.ping six", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on("kubernetes.scale.undo three", () -> {
                throw Failures.failed("stuck", null);
            });
            trial.world.reply("back-three", "ada", Verb.RETRY).reply("back-three", "bob", Verb.ATTEST);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.effects().get(2).summary()).contains("by hand").contains("bob");
        }
    }

    @Test
    void anEffectThatARestoreNamesIsNotCleanedUpASecondTime() {
        // Given
        String back = "rollback:\n  restore:\n    - {id: back-one, title: back, undoes: one}\n";
        String phases = phase("deploy", "T", scale("one", "undo: cleanup"), read("two", "onFailure: rollback"));
        try (Trial trial = Trial.now(of("", phases, back, ""))) {
            trial.world.on("redis.ping two", () -> {
                throw Failures.failed("broken", null);
            });

            // When
            trial.finish();

            // Then
            assertThat(trial.scheduled().stream().filter(call -> call.contains(".undo ")))
                    .hasSize(1);
        }
    }

    @Test
    void anAbortUndoesNothingAndListsWhatStays() {
        // Given
        String phases = phase("deploy", "T", scale("one"), read("two")) + phase("after", "T+2h", read("three"));
        try (Trial trial = Trial.now(of("", phases, "", ""))) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.ABORT);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(Trial.ends(record)).containsOnly(Map.entry("one", EffectState.KEPT));
            assertThat(trial.scheduled()).noneMatch(call -> call.contains(".undo "));
        }
    }

    @Test
    void aRollbackAskedWhileAStepIsInFlightWaitsForItAndTakesItBack() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.on("kubernetes.scale three", () -> {
                trial.say(Verb.ROLLBACK);
                return Map.of("summary", "done all the same");
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(Trial.ends(record)).containsEntry("three", EffectState.REVERTED);
            assertThat(trial.scheduled()).doesNotContain("kubernetes.scale.before four");
        }
    }

    @Test
    void aNativeCancelRollsBackAndPeopleAreStillHeard() {
        // Given
        String phases = phase("deploy", "T", scale("one")) + phase("after", "T+2h", read("two"));
        try (Trial trial = Trial.now(of("", phases, "", ""))) {
            trial.world.on("kubernetes.scale.undo one", () -> {
                throw Failures.failed("stuck", null);
            });
            trial.pass(Duration.ofMinutes(5));
            trial.cancel();
            trial.awaitQuestion("undo-one");
            trial.decide(Verb.ATTEST, "undo-one", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(trial.failure().getCause()).isInstanceOf(CanceledFailure.class);
        }
    }

    @Test
    void aHoldStopsEffectsButNotReadsNorTheRollback() {
        // Given
        try (Trial trial = Trial.of(deploying(read("a"), scale("b"), scale("c")))) {
            trial.pass(Trial.LEAD.minusMinutes(1));
            trial.world.on("kubernetes.scale b", () -> {
                trial.say(Verb.HOLD, "1h");
                return Map.of("summary", "ok");
            });
            trial.pass(Duration.ofHours(3));
            assertThat(trial.record().state()).isEqualTo(ReleaseState.HELD);
            assertThat(trial.scheduled()).doesNotContain("kubernetes.scale.before c");

            // When
            trial.say(Verb.ROLLBACK);

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ROLLED_BACK);
        }
    }

    @Test
    void aPauseStopsAtTheNextBorderUntilItIsResumed() {
        // Given
        try (Trial trial = Trial.now(deploying(read("a"), read("b")))) {
            trial.world.on("redis.ping a", () -> {
                trial.say(Verb.PAUSE);
                return Map.of("summary", "ok");
            });
            trial.pass(Duration.ofHours(3));
            assertThat(trial.record().state()).isEqualTo(ReleaseState.HELD);
            assertThat(trial.scheduled()).containsExactly("redis.ping a");

            // When
            trial.say(Verb.RESUME);

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void anEffectOfUnknownOutcomeIsAskedAboutEvenWhereItsStepWouldGoOn() {
        // Given
        try (Trial trial = Trial.now(deploying(RUN))) {
            trial.world.on("command.run.before run", () -> Map.of("program", "/bin/true"));
            trial.world.on("command.run run", () -> {
                throw Failures.outcomeUnknown("it may have run", null);
            });

            // When
            String asked = trial.awaitQuestion("run").title();

            // Then
            assertThat(asked).contains("failed");
            trial.decide(Verb.ABORT, "run", "ada");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(trial.world.calls).containsOnlyOnce("command.run run");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unexpected", "Unrecordable", "Unavailable", "io.temporal.Shutdown"})
    void whatIsTriedOnlyOnceIsAskedAboutUnlessItsFailureSaysThatNothingHappened(String name) {
        // Given
        try (Trial trial = Trial.now(deploying(RUN))) {
            trial.world.on("command.run.before run", () -> Map.of("program", "/bin/true"));
            trial.world.on("command.run run", () -> {
                throw ApplicationFailure.newFailure("who knows", name);
            });

            // When
            trial.awaitQuestion("run");

            // Then
            trial.decide(Verb.ABORT, "run", "ada");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(trial.world.calls).containsOnlyOnce("command.run run");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command.run.before run", "command.run run"})
    void aFailureThatSaysThatNothingHappenedFollowsThePlan(String call) {
        // Given
        try (Trial trial = Trial.now(deploying(RUN))) {
            trial.world.on("command.run.before run", () -> Map.of("program", "/bin/true"));
            trial.world.on(call, () -> {
                throw Failures.denied("may not", null);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("run").orElseThrow().state()).isEqualTo(StepState.FAILED);
        }
    }

    @Test
    void takingBackWhatIsSafeOnlyOnceIsTriedOnce() {
        // Given
        String run = "{id: run, title: run, uses: command.run, with: {connection: c, name: up, undo: down},"
                + " undo: restore}";
        try (Trial trial = Trial.now(deploying(run, read("last", "onFailure: rollback")))) {
            trial.world.on("command.run.before run", () -> Map.of("program", "/bin/true"));
            trial.world.on("command.run.undo run", () -> {
                throw Failures.unavailable("gone", null);
            });
            trial.world.on("redis.ping last", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.reply("undo-run", "ada", Verb.ATTEST);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(trial.world.calls).containsOnlyOnce("command.run.undo run with result");
        }
    }

    @Test
    void anEffectWhoseReleaseIsStoppedWhileItIsLookedAtNeverBegins() {
        // Given
        try (Trial trial = Trial.now(deploying(scale("one")))) {
            trial.world.on("kubernetes.scale.before one", () -> {
                trial.say(Verb.ABORT);
                return Map.of("replicas", 1);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.effects()).isEmpty();
            assertThat(trial.scheduled()).containsExactly("kubernetes.scale.before one");
        }
    }

    @Test
    void anotherTryAfterARefusalLooksAnewAndTheWayBackStaysTheFirst() {
        // Given
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        String steps = phase("deploy", "T", scale("one", "onFailure: ask"), read("last", "onFailure: rollback"));
        try (Trial trial = Trial.now(of("", steps, "", ""))) {
            trial.world.on("kubernetes.scale.before one", () -> Map.of("replicas", looks.incrementAndGet()));
            trial.world.on("kubernetes.scale one", () -> {
                if (tries.incrementAndGet() == 1) {
                    throw Failures.refused("someone changed it meanwhile");
                }
                return Map.of("summary", "ok");
            });
            trial.world.on("redis.ping last", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.reply("one", "ada", Verb.RETRY);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(trial.world.befores.get("kubernetes.scale one")).isEqualTo(Map.of("replicas", 2));
            assertThat(trial.world.befores.get("kubernetes.scale.undo one")).isEqualTo(Map.of("replicas", 1));
        }
    }
}
