package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Verb;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    }),
    OPTIONAL_ITEM_LEFT_OPEN(
            () -> Trial.now(deploying(
                    "{id: paper, title: paper, item: {role: manager, required: false, deadline: 24h}}", scale("one"))),
            trial -> {}),
    TOO_LATE_FOR_ITS_FIRST_EFFECT_AND_RESCHEDULED(
            () -> Trial.now(of(
                    "",
                    phase("check", "T-1h", read("old", "validFor: 30m"))
                            + phase(
                                    "deploy",
                                    "T",
                                    gate("start", "approvals: [{role: manager}], deadline: 5h"),
                                    scale("one")),
                    "",
                    "")),
            trial -> {
                trial.awaitQuestion("start");
                trial.pass(Duration.ofHours(2));
                trial.decide(Verb.APPROVE, "start", "ada");
                trial.awaitQuestion("deployment-time");
                trial.say(
                        Verb.RESCHEDULE,
                        trial.deployAt.plus(Duration.ofHours(20)).toString());
            }),
    RESCHEDULED_THOUGH_ASKED_FOR_NOW(
            () -> Trial.now(of(
                    "",
                    phase("check", "T-1h", gate("start", "approvals: [{role: manager}], deadline: 5h"))
                            + phase("deploy", "T", scale("one")),
                    "",
                    "")),
            trial -> {
                trial.awaitQuestion("start");
                trial.say(
                        Verb.RESCHEDULE,
                        trial.deployAt.plus(Duration.ofHours(20)).toString());
                trial.decide(Verb.APPROVE, "start", "ada");
            }),
    SILENT_AT_A_GATE(
            () -> Trial.pinned(
                    deploying(gate("start", "approvals: [{role: manager}], deadline: 1h"), scale("one")),
                    Trial.with("\"onDeadline\":\"ABORT\"", "\"onDeadline\":\"CONTINUE\"")),
            trial -> {
                trial.pass(Duration.ofMinutes(330));
                trial.decide(Verb.REJECT, "start", "ada");
            }),
    REVOKED_BEFORE_IT_WAS_APPROVED(
            () -> Trial.now(
                    deploying(gate("start", "approvals: [{role: manager, count: 2}], deadline: 5h"), scale("one"))),
            trial -> {
                trial.awaitQuestion("start");
                trial.decide(Verb.APPROVE, "start", "ada");
                trial.refused(trial.decision(Verb.REVOKE, "start", "bob", trial.shown("start"), null));
                trial.decide(Verb.APPROVE, "start", "bob");
            }),
    UNKNOWN_WHETHER_IT_RAN(
            () -> Trial.now(deploying("{id: run, title: run, uses: command.run, with: {connection: c, name: smoke}}")),
            trial -> {
                trial.world.on("command.run.before run", () -> Map.of("program", "/bin/true"));
                trial.world.on("command.run run", () -> {
                    throw ApplicationFailure.newFailure("who knows", "Unrecordable");
                });
                trial.world.reply("run", "ada", Verb.SKIP);
            }),
    REPAIRED_AND_TRIED_AGAIN(() -> Trial.now(deploying(scale("one", "onFailure: ask"))), trial -> {
        AtomicBoolean tried = new AtomicBoolean();
        trial.world.on("kubernetes.scale one", () -> {
            if (tried.compareAndSet(false, true)) {
                throw Failures.refused("someone changed it meanwhile");
            }
            return Map.of("summary", "ok");
        });
        trial.world.reply("one", "ada", Verb.RETRY);
    }),
    REFUSED_A_CONFIRMATION_AND_LOOKED_AGAIN(
            () -> Trial.now(deploying(read("found", "confirm: engineer"), scale("one"))), trial -> {
                trial.awaitQuestion("found");
                trial.decide(Verb.REJECT, "found", "eve");
                trial.awaitQuestion("found");
                trial.decide(Verb.RETRY, "found", "ada");
                trial.awaitQuestion("found");
                trial.decide(Verb.CONFIRM, "found", "eve");
            }),
    HELD_OVER_A_FAILED_STEP(() -> Trial.now(deploying(read("smoke", "onFailure: ask"), read("after"))), trial -> {
        trial.world.on("redis.ping smoke", () -> {
            throw Failures.failed("no", null);
        });
        trial.awaitQuestion("smoke");
        trial.say(Verb.HOLD);
        trial.pass(Duration.ofMinutes(150));
        trial.say(Verb.RELEASE);
        trial.decide(Verb.SKIP, "smoke", "ada");
    }),
    HELD_OVER_WHAT_A_WINDOW_NEEDS(
            () -> Trial.now(of(
                    "",
                    phase("deploy", "T", scale("one")) + phase("after", "T+10m", scale("two"), read("found")),
                    "",
                    soak(
                                    "",
                                    window("early", "duration: 1h, interval: 5m, checks: [up]"),
                                    window("late", "duration: 1h, interval: 5m, checks: [latency]"))
                            .replace("query: p99", "query: \"p99{of='${{ steps.found.result.answer }}'}\"")
                            .replace(
                                    "  windows:",
                                    "    - {id: up, title: up, uses: redis.ping,"
                                            + " successCondition: result.answer == 'PONG'}\n  windows:"))),
            trial -> {
                trial.world.seen("up", at -> Map.of("answer", "PONG", "summary", "PONG"));
                trial.pass(Duration.ofMinutes(5));
                trial.say(Verb.HOLD);
                trial.awaitQuestion("late");
                trial.say(Verb.RELEASE);
            }),
    LEFT_A_WINDOW_THAT_NOBODY_WATCHED(
            () -> Trial.now(of(
                    "", phase("deploy", "T", scale("one")), "", soak("", window("w", "duration: 2h, interval: 1m")))),
            trial -> {
                trial.pass(Duration.ofMinutes(30));
                trial.leave();
                trial.pass(Duration.ofHours(5));
                trial.say(Verb.ABORT);
            }),
    ANSWERED_BEHIND_AN_OPEN_GATE(
            () -> Trial.of(of(
                    "",
                    phase(
                                    "check",
                                    "T-1h",
                                    "{id: paper, title: paper, item: {role: manager, deadline: 24h}}",
                                    gate("start", "approvals: [{role: manager}], deadline: 5h"))
                            + phase("deploy", "T", scale("one")),
                    "",
                    "")),
            trial -> {
                trial.awaitQuestion("start");
                trial.decide(Verb.APPROVE, "start", "ada");
                trial.decide(Verb.ATTEST, "paper", "bob");
            }),
    TOOK_A_PLACE_AND_ROLLED_BACK(
            () -> {
                Trial former = Trial.now(of(
                        "",
                        phase("deploy", "T", scale("one"), scale("two")),
                        "",
                        soak("", window("w", "duration: 2h, interval: 5m"))));
                former.pass(Duration.ofHours(1));
                former.say(Verb.SUPERSEDE, "bridge-production-20260504-2");
                former.finish();
                return former.superseded(
                        "bridge-production-20260504-2",
                        of(
                                "",
                                phase(
                                        "deploy",
                                        "T",
                                        scale("one"),
                                        gate("go", "approvals: [{role: manager}], deadline: 5h"),
                                        scale("two")),
                                "",
                                ""));
            },
            trial -> {
                trial.awaitQuestion("go");
                trial.say(Verb.ROLLBACK);
            }),
    STOPPED_AHEAD_OF_AN_EFFECT(
            () -> Trial.now(deploying(scale("one"))),
            trial -> trial.world.on("kubernetes.scale.before one", () -> {
                trial.say(Verb.ABORT);
                return Map.of("replicas", 1);
            }));

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

    private final Supplier<Trial> begun;
    private final Consumer<Trial> play;

    /** A story of the plan that most of them share. */
    Stories(Consumer<Trial> play) {
        this(Stories::ofThePlan, play);
    }

    Stories(Supplier<Trial> begun, Consumer<Trial> play) {
        this.begun = begun;
        this.play = play;
    }

    private static Trial ofThePlan() {
        Trial trial = Trial.of(PLAN);
        trial.world
                .reply("go", "ada", Verb.APPROVE)
                .reply("go", "bob", Verb.APPROVE)
                .reply("young", "eve", Verb.CONFIRM)
                .reply("lead", "bob", Verb.SIGN);
        return trial;
    }

    /** Plays it, to its end. */
    Trial told() {
        Trial trial = begun.get();
        play.accept(trial);
        trial.finish();
        return trial;
    }

    /** "rolled-back". */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
