package io.longwatch.system.histories;

import io.longwatch.decision.Question.Kind;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One small release for every way in which a release can go, played on a real server in seconds. */
enum RealStory {
    SUCCEEDED(ReleaseState.SUCCEEDED) {
        @Override
        String plan(String plan) {
            return plan.replace("deadline: 5s, onDeadline: continue", "deadline: 5m, onDeadline: rollback");
        }
    },
    HANDED_OVER(ReleaseState.SUCCEEDED),
    UNSIGNED(ReleaseState.SUCCEEDED) {
        @Override
        List<Verb> answers(Kind kind) {
            return kind == Kind.SIGN_OFF ? List.of() : super.answers(kind);
        }
    },
    ROLLED_BACK(ReleaseState.ROLLED_BACK) {
        @Override
        void atTheGate(RealRelease release) {
            release.page().breaks("/health");
        }
    },
    CANCELLED(ReleaseState.ROLLED_BACK) {
        @Override
        void inTheSoak(RealRelease release) {
            release.cancel();
        }
    },
    COMPENSATION_FAILED(ReleaseState.COMPENSATION_FAILED) {
        @Override
        String plan(String plan) {
            return withoutAWayBack(plan);
        }

        @Override
        void inTheSoak(RealRelease release) {
            release.say(Verb.ROLLBACK, null);
        }

        @Override
        List<Verb> answers(Kind kind) {
            return kind == Kind.ROLLBACK_STEP ? List.of(Verb.RETRY, Verb.ABORT) : super.answers(kind);
        }
    },
    TAKEN_BACK_BY_HAND(ReleaseState.ROLLED_BACK) {
        @Override
        String plan(String plan) {
            return withoutAWayBack(plan);
        }

        @Override
        void atTheGate(RealRelease release) {
            release.page().breaks("/health");
        }

        @Override
        List<Verb> answers(Kind kind) {
            return kind == Kind.ROLLBACK_STEP ? List.of(Verb.ATTEST) : super.answers(kind);
        }
    },
    ABORTED(ReleaseState.ABORTED) {
        @Override
        void inTheSoak(RealRelease release) {
            release.signal(Verb.ABORT);
        }
    },
    REJECTED(ReleaseState.ABORTED) {
        @Override
        List<Verb> answers(Kind kind) {
            return kind == Kind.GATE ? List.of(Verb.REJECT) : super.answers(kind);
        }
    },
    SUPERSEDED(ReleaseState.SUPERSEDED) {
        @Override
        void inTheSoak(RealRelease release) {
            release.say(Verb.SUPERSEDE, "superseded-production-20261121-2");
        }
    },
    CONTINUED_AS_NEW(ReleaseState.ROLLED_BACK) {
        @Override
        void atTheGate(RealRelease release) {
            release.page().breaks("/health");
        }
    },
    EXTENDED(ReleaseState.SUCCEEDED) {
        @Override
        void inTheSoak(RealRelease release) {
            release.say(Verb.EXTEND, "4s");
        }
    },
    PAUSED_OVER_THE_END_OF_A_WINDOW(ReleaseState.SUCCEEDED) {
        @Override
        void inTheSoak(RealRelease release) {
            release.say(Verb.PAUSE, null);
            release.awaitEndOfTheWindow();
            release.say(Verb.RESUME, null);
        }
    },
    HELD(ReleaseState.SUCCEEDED) {
        @Override
        void atTheGate(RealRelease release) {
            release.say(Verb.HOLD, null);
            release.say(Verb.RELEASE, null);
        }
    },
    RESCHEDULED(ReleaseState.SUCCEEDED) {
        @Override
        void atTheGate(RealRelease release) {
            release.reschedule();
        }
    },
    WAIVED(ReleaseState.SUCCEEDED) {
        @Override
        void atTheGate(RealRelease release) {
            release.page().hides();
        }
    },
    ASKED_AND_TRIED_AGAIN(ReleaseState.SUCCEEDED) {
        @Override
        String plan(String plan) {
            return plan.replace("/young", "/never").replace(", bind: [steps.young.result.status]", "");
        }

        @Override
        List<Verb> answers(Kind kind) {
            return kind == Kind.FAILED_STEP ? List.of(Verb.RETRY, Verb.SKIP) : super.answers(kind);
        }
    };

    /** A window is among them, since looks of a busy machine can be too late to see all of one. */
    private static final Map<Kind, Verb> USUAL = Map.of(
            Kind.GATE, Verb.APPROVE,
            Kind.ITEM, Verb.ATTEST,
            Kind.CONFIRMATION, Verb.CONFIRM,
            Kind.WINDOW, Verb.WAIVE,
            Kind.SIGN_OFF, Verb.SIGN);

    private final ReleaseState end;

    RealStory(ReleaseState end) {
        this.end = end;
    }

    ReleaseState end() {
        return end;
    }

    /** How many histories it has at the least: a run each, and the workflow beside its place. */
    int runs() {
        return this == CONTINUED_AS_NEW || this == HANDED_OVER ? 2 : 1;
    }

    /** "rolled-back": the name of its service and of its history. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The databases that it migrates, by the names of their connections. */
    List<String> databases() {
        return List.of(id() + "-one", id() + "-two");
    }

    /** What differs in the plan. */
    String plan(String plan) {
        return plan;
    }

    /** What people answer to such a question, one after the other; nothing is silence. */
    List<Verb> answers(Kind kind) {
        return Stream.ofNullable(USUAL.get(kind)).toList();
    }

    /** What happens once, while the gate is asked about; what only the soak looks at is broken here, so no look comes before. */
    void atTheGate(RealRelease release) {}

    /** What happens once, when the soak has begun. */
    void inTheSoak(RealRelease release) {}

    private static String withoutAWayBack(String plan) {
        return plan.replace("DROP TABLE one", "SELECT 1 / 0");
    }
}
