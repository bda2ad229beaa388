package io.longwatch.release;

import io.longwatch.announce.Announcement;
import io.longwatch.plan.Durations;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What people say to a release as a whole: pause, hold, extend, reschedule, abort, roll back. */
final class Commands {
    static final String PAUSE = "pause";
    static final String HOLD = "hold";

    private static final String FINAL =
            "its soak has passed and what it changed is final;" + " to go back, release the former version";
    private static final Duration DEFAULT_HOLD = Duration.ofHours(4);

    private final Journal journal;
    private final Stops stops;
    private final SoakControl soak;
    private final Herald herald;

    Commands(Journal journal, Stops stops, SoakControl soak, Herald herald) {
        this.journal = journal;
        this.stops = stops;
        this.soak = soak;
        this.herald = herald;
    }

    /** Carries a command out, or refuses it. */
    Ruling carryOut(Vote vote) {
        boolean forward = stops.why() == null;
        return switch (vote.verb()) {
            case PAUSE -> forward ? pause(vote) : Ruling.no("the release no longer goes forward");
            case RESUME -> resume(vote);
            case HOLD ->
                forward ? hold(vote) : Ruling.no("the release no longer goes forward; a rollback is never held");
            case RELEASE -> release(vote);
            case EXTEND -> extend(vote);
            case RESCHEDULE -> reschedule(vote);
            case SUPERSEDE ->
                forward ? supersede(vote) : Ruling.no("the release no longer goes forward; wait for its end");
            case ABORT -> forward ? abort(vote) : Ruling.no("the release no longer goes forward");
            case ROLLBACK ->
                journal.released()
                        ? Ruling.no(FINAL)
                        : forward ? rollBack(vote) : Ruling.no("the release no longer goes forward");
            default -> Ruling.no(vote.verb().word() + " needs the subject it answers");
        };
    }

    private Ruling pause(Vote vote) {
        hold(PAUSE, "paused " + by(vote), DEFAULT_HOLD);
        return Ruling.yes("the release stops at the next step border; looks of a soak go on; someone is told in "
                + Durations.format(DEFAULT_HOLD));
    }

    private Ruling resume(Vote vote) {
        if (!journal.held(PAUSE)) {
            return Ruling.no("the release is not paused");
        }
        journal.unhold(PAUSE, "resumed " + by(vote));
        return Ruling.yes("the release goes on");
    }

    private Ruling hold(Vote vote) {
        Optional<Duration> asked =
                vote.argument() == null ? Optional.of(DEFAULT_HOLD) : Durations.parse(vote.argument());
        if (asked.isEmpty()) {
            return Ruling.no("'" + vote.argument() + "' is not a duration; write 90s, 10m or 2h");
        }
        hold(HOLD, "held " + by(vote), asked.get());
        return Ruling.yes("gates and steps with effect wait; someone is told in " + Durations.format(asked.get()));
    }

    private void hold(String cause, String why, Duration remindAfter) {
        journal.hold(cause, why);
        Async.procedure(() -> remind(cause, why, remindAfter));
    }

    /** Tells people of a hold that stands past its time; it stays held all the same. */
    private void remind(String cause, String why, Duration after) {
        Workflow.sleep(after);
        if (journal.heldFor(cause, why)) {
            herald.say(
                    cause + "/" + Waits.now(),
                    "Still waiting after " + Durations.format(after),
                    List.of("The release is " + why + "."),
                    Announcement.Tone.BAD);
        }
    }

    private Ruling release(Vote vote) {
        if (!journal.held(HOLD)) {
            return Ruling.no("the release is not held");
        }
        journal.unhold(HOLD, "hold ended " + by(vote));
        return Ruling.yes("the release goes on");
    }

    private Ruling extend(Vote vote) {
        Optional<Duration> by = vote.argument() == null ? Optional.empty() : Durations.parse(vote.argument());
        if (by.isEmpty()) {
            return Ruling.no("say by how long: 30m, 2h");
        }
        return soak.extend(by.get())
                ? Ruling.yes("the open window ends " + Durations.format(by.get()) + " later")
                : Ruling.no("no soak window is open");
    }

    private Ruling reschedule(Vote vote) {
        if (deploying() || stops.why() != null) {
            return Ruling.no("the release deploys already, or no longer goes forward");
        }
        Instant time;
        try {
            time = Instant.parse(String.valueOf(vote.argument()));
        } catch (DateTimeParseException e) {
            return Ruling.no("'" + vote.argument() + "' is not a time; write 2026-05-04T14:30:00Z");
        }
        if (time.isBefore(Waits.now())) {
            return Ruling.no(time + " is past");
        }
        journal.reschedule(time);
        return Ruling.yes("T is " + time + "; what has aged by then is looked at again");
    }

    /** Whether it deploys, unless it waits in the middle of it: for a T that was moved, or for people to move it. */
    private boolean deploying() {
        boolean begun = journal.phase(journal.plan().deployPhase().id()).startedAt() != null;
        return begun && !journal.held(Schedule.LATE) && !journal.deployAt().isAfter(Waits.now());
    }

    private Ruling supersede(Vote vote) {
        if (journal.released()) {
            return Ruling.no("its place is free already; start the newer release without --supersedes");
        }
        if (journal.deployedAt() == null) {
            return Ruling.no("the release is not deployed yet, and what it has done half is not to build on;"
                    + " let it deploy, roll it back or abort it");
        }
        if (vote.argument() == null) {
            return Ruling.no("say which release takes its place");
        }
        stops.end(new Stop.Supersede("superseded by " + vote.argument() + ", " + by(vote)));
        return Ruling.yes("its soak ends; what it changed stays, for " + vote.argument() + " to build on");
    }

    private Ruling abort(Vote vote) {
        stops.end(new Stop.Abort("aborted " + by(vote)));
        return Ruling.yes("the release stops here; nothing is undone");
    }

    private Ruling rollBack(Vote vote) {
        stops.end(new Stop.RollBack("rollback asked " + by(vote)));
        return Ruling.yes("the release rolls back");
    }

    private static String by(Vote vote) {
        return "by " + vote.person() + (vote.reason() == null ? "" : ": " + vote.reason());
    }

    /** What a soak lets people change. */
    interface SoakControl {
        /** Lengthens the open window; false if none is open. */
        boolean extend(Duration by);
    }
}
