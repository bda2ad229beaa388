package io.longwatch.sandbox.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises 2 and 3 on random plans with random faults; a failure names its seed. */
@Timeout(300)
class RandomPlansTest {
    private static final int PLANS = 10;

    @ParameterizedTest
    @ValueSource(longs = {11, 23, 37, 41})
    void everyEffectEndsOnceAndNothingForwardFollowsTheFirstUndo(long seed) {
        for (int i = 0; i < PLANS; i++) {
            check(seed * 1000 + i);
        }
    }

    private static void check(long seed) {
        // Given
        Random random = new Random(seed);
        List<String> ids = new ArrayList<>();
        Set<String> grouped = new HashSet<>();
        try (Trial trial = Trial.now(plan(random, ids, grouped))) {
            ids.forEach(id -> spoil(trial, random, id, !grouped.contains(id)));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            List<String> scheduled = trial.scheduled();
            String story = "seed " + seed + ": " + scheduled + " " + record.timeline() + " " + trial.ending();
            assertThat(record.state().ended()).as(story).isTrue();
            assertThat(record.effects())
                    .as(story)
                    .allMatch(effect -> effect.state().ended());
            boolean failed = record.effects().stream().anyMatch(effect -> effect.state() == EffectState.FAILED);
            assertThat(!failed || record.state() == ReleaseState.COMPENSATION_FAILED)
                    .as(story)
                    .isTrue();
            assertThat(scheduled.stream().dropWhile(call -> !call.contains(".undo ")))
                    .as(story)
                    .allMatch(call -> call.contains(".undo "));
            assertThat(trial.world.calls.stream()
                            .filter(call -> call.contains(".undo "))
                            .map(call -> call.split(" ")[1]))
                    .as(story)
                    .doesNotHaveDuplicates();
        }
    }

    private static String plan(Random random, List<String> ids, Set<String> grouped) {
        List<String> steps = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                steps.add("{parallel: {id: group" + i + ", title: group}, steps: [" + step(random, ids) + ", "
                        + step(random, ids) + "]}");
                grouped.addAll(ids.subList(ids.size() - 2, ids.size()));
            } else {
                steps.add(step(random, ids));
            }
        }
        return Plans.deploying(steps.toArray(String[]::new));
    }

    private static String step(Random random, List<String> ids) {
        String id = "step" + ids.size();
        ids.add(id);
        List<String> undo = List.of("restore", "cleanup", "keep");
        List<String> failure = List.of("ask", "rollback", "abort", "continue");
        String onFailure = "onFailure: " + failure.get(random.nextInt(4));
        return random.nextInt(3) == 0
                ? Plans.read(id, onFailure)
                : Plans.scale(id, "undo: " + undo.get(random.nextInt(3)), onFailure);
    }

    private static void spoil(Trial trial, Random random, String id, boolean alone) {
        int fault = random.nextInt(8);
        // A step that is cancelled in the instant in which it ends trips the in-memory server: only steps alone fail.
        if (!alone && fault != 3 && fault != 4) {
            return;
        }
        switch (fault) {
            case 0 -> fail(trial, "kubernetes.scale " + id);
            case 1 -> fail(trial, "redis.ping " + id);
            case 2 -> fail(trial, "kubernetes.scale.before " + id);
            case 3 -> fail(trial, "kubernetes.scale.undo " + id);
            case 4 -> trial.world.on("kubernetes.scale.undo " + id, () -> UndoResult.refused("in use"));
            case 5 -> rollBackDuring(trial, "kubernetes.scale " + id);
            default -> {}
        }
    }

    private static void rollBackDuring(Trial trial, String call) {
        AtomicBoolean said = new AtomicBoolean();
        trial.world.on(call, () -> {
            if (!said.getAndSet(true)) {
                trial.say(Verb.ROLLBACK);
            }
            return Map.of("summary", "done");
        });
    }

    private static void fail(Trial trial, String call) {
        trial.world.on(call, () -> {
            throw Failures.failed("broken", null);
        });
    }
}
