package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans that were pinned before the validator knew better: their releases come to an end all the same. */
@Timeout(180)
class PinnedPlansTest {
    private static final String SIGNED = "signOffs: [{id: lead, title: lead, role: manager, deadline: 24h}]\n";

    @Test
    void aPhaseThatIsCalledLikeTheSignOffsRunsBesideThem() {
        // Given
        String plan = of("", phase("first", "T-1h", read("a")) + phase("deploy", "T", scale("b")), SIGNED, "");
        try (Trial trial = Trial.pinned(plan, Trial.with("\"id\":\"first\"", "\"id\":\"sign-off\""))) {
            trial.world.reply("lead", "ada", Verb.SIGN);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.phases()).extracting("id").containsExactly("sign-off", "deploy", "sign-offs");
            assertThat(record.step("a").orElseThrow().state()).isEqualTo(StepState.PASSED);
            assertThat(record.step("lead").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
        }
    }

    @Test
    void stepsThatAreCalledLikeWaysBackKeepTheirOwnRecords() {
        // Given
        String steps = phase(
                "deploy",
                "T",
                scale("one"),
                scale("two", "undo: cleanup"),
                read("three"),
                read("four"),
                read("five", "onFailure: rollback"));
        UnaryOperator<ReleasePlan> renamed = plan -> Trial.with("\"id\":\"four\"", "\"id\":\"clean-up-two\"")
                .apply(Trial.with("\"id\":\"three\"", "\"id\":\"undo-one\"").apply(plan));
        try (Trial trial = Trial.pinned(of("", steps, "", ""), renamed)) {
            trial.world.on("redis.ping five", () -> {
                throw Failures.failed("broken", null);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(Trial.ends(record)).isEqualTo(Map.of("one", EffectState.REVERTED, "two", EffectState.REVERTED));
            assertThat(record.phases().get(0).steps()).extracting("state").doesNotContain(StepState.PENDING);
            assertThat(record.rollback())
                    .flatExtracting("steps")
                    .extracting("id", "state")
                    .containsExactly(
                            tuple("undo-undo-one", StepState.PASSED), tuple("clean-up-clean-up-two", StepState.PASSED));
        }
    }

    @Test
    void aGateThatSilenceWouldOpenStaysShut() {
        // Given
        String plan = deploying(gate("go", "approvals: [{role: manager}], deadline: 1h"), scale("a"));
        try (Trial trial = Trial.pinned(plan, Trial.with("\"onDeadline\":\"ABORT\"", "\"onDeadline\":\"CONTINUE\""))) {
            trial.pass(Duration.ofMinutes(330));
            ReleaseState asked = trial.record().state();
            List<String> meanwhile = trial.scheduled();
            trial.decide(Verb.REJECT, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(asked).isEqualTo(ReleaseState.AWAITING_DECISION);
            assertThat(meanwhile).isEmpty();
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
        }
    }
}
