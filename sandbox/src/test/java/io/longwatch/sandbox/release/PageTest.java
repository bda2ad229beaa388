package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Verb;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PageTest {
    private final List<String> pages = new CopyOnWriteArrayList<>();

    @Test
    void itNamesAStepThatMayTakeLongWhileItRunsAndWhomAGateWaitsFor() {
        // Given
        String gate = gate("go", "approvals: [{role: manager, count: 2}, {role: engineer}], deadline: 1h");
        try (Trial trial = Trial.now(deploying(read("first", "timeout: 10m"), gate, read("second", "timeout: 10m")))) {
            List.of("first", "second")
                    .forEach(step -> trial.world.on("redis.ping " + step, () -> {
                        pages.add(trial.page());
                        return Map.of("summary", "well", "answer", "PONG");
                    }));
            trial.awaitQuestion("go");
            pages.add(trial.page());

            // When
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.decide(Verb.APPROVE, "go", "bob");
            trial.decide(Verb.APPROVE, "go", "eve");
            trial.finish();
        }

        // Then
        assertThat(pages)
                .satisfiesExactly(
                        first -> assertThat(first).contains("| Phase | deploy, 0 of 3: first |"),
                        waiting -> assertThat(waiting)
                                .contains("AWAITING_DECISION")
                                .contains("### Waits for 2 of Release manager and Engineer until")
                                .contains("`longwatch approve ")
                                .doesNotContain(": first |"),
                        second -> assertThat(second).contains("| Phase | deploy, 2 of 3: second |"));
    }

    @Test
    void itNamesThePartOfTheWayBackThatRuns() {
        // Given
        String plan = of("", phase("deploy", "T", scale("node"), read("look", "onFailure: rollback")), "", "");
        try (Trial trial = Trial.now(plan)) {
            trial.world.on("redis.ping look", () -> {
                throw Failures.refused("broken");
            });
            trial.world.on("kubernetes.scale.undo node", () -> {
                pages.add(trial.page());
                return UndoResult.reverted("as before");
            });

            // When
            trial.finish();
            pages.add(trial.page());
        }

        // Then
        assertThat(pages)
                .satisfiesExactly(
                        meanwhile ->
                                assertThat(meanwhile).contains("ROLLING_BACK").contains(": Undo: node |"),
                        after -> assertThat(after)
                                .contains("### What became of its effects")
                                .contains("- **REVERTED** node"));
    }
}
