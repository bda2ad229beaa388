package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Verb;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One small release for every way in which a release can go; their histories are stored and replayed. */
enum Stories {
    SUCCEEDED(trial -> {}),
    ROLLED_BACK(trial -> trial.world.seen("latency", at -> Map.of("value", 500.0, "summary", "slow"))),
    ABORTED(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.say(Verb.ABORT);
    }),
    SUPERSEDED(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.say(Verb.SUPERSEDE, "bridge-production-20260504-2");
    }),
    COMPENSATION_FAILED(trial -> {
        trial.world.on("kubernetes.scale.undo one", () -> {
            throw Failures.failed("stuck", null);
        });
        trial.world.seen("latency", at -> Map.of("value", 500.0, "summary", "slow"));
    }),
    CANCELLED(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.cancel();
    }),
    EXTENDED(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.say(Verb.EXTEND, "30m");
    }),
    PAUSED_OVER_THE_END_OF_A_WINDOW(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.say(Verb.PAUSE);
        trial.pass(Duration.ofHours(3));
        trial.say(Verb.RESUME);
    }),
    PAUSED_UNTIL_PEOPLE_WERE_TOLD_AGAIN(trial -> {
        trial.pass(Duration.ofHours(4));
        trial.say(Verb.PAUSE);
        trial.pass(Duration.ofHours(13));
        trial.say(Verb.RESUME);
    }),
    RESCHEDULED(trial -> {
        trial.pass(Duration.ofMinutes(150));
        trial.say(Verb.RESCHEDULE, trial.deployAt.plus(Duration.ofHours(3)).toString());
    }),
    WAIVED(trial -> {
        trial.world.seen("latency", at -> {
            throw Failures.unavailable("gone", null);
        });
        trial.world.reply("w", "ada", Verb.WAIVE);
    }),
    ASKED_AND_TRIED_AGAIN(trial -> {
        trial.world.on("redis.ping young", () -> {
            throw Failures.failed("no", null);
        });
        trial.world.reply("young", "ada", Verb.RETRY).reply("young", "ada", Verb.SKIP);
    });

    private static final String PLAN = of(
            "",
            phase(
                            "check",
                            "T-1h",
                            read("old", "validFor: 30m"),
                            read("young", "confirm: engineer"),
                            gate("go", "approvals: [{role: manager}], deadline: 5h, bind: ['steps.old.result.answer']"))
                    + phase(
                            "deploy",
                            "T",
                            scale("one"),
                            "{parallel: {id: both, title: both}, steps: [" + scale("two", "undo: cleanup") + ", "
                                    + read("three") + "]}"),
            """
            rollback:
              verify:
                - {id: healthy, title: healthy, uses: redis.ping}
            signOffs: [{id: lead, title: lead, role: manager, deadline: 24h, onDeadline: continue}]
            """,
            soak("", window("w", "duration: 2h, interval: 5m, deadline: 1h")));

    private final Consumer<Trial> play;

    Stories(Consumer<Trial> play) {
        this.play = play;
    }

    /** Plays it, to its end. */
    Trial told() {
        Trial trial = Trial.of(PLAN);
        trial.world
                .reply("go", "ada", Verb.APPROVE)
                .reply("go", "bob", Verb.APPROVE)
                .reply("young", "eve", Verb.CONFIRM)
                .reply("lead", "bob", Verb.SIGN);
        play.accept(trial);
        trial.finish();
        return trial;
    }

    /** "rolled-back". */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
