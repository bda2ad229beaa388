package io.longwatch.release;

import io.longwatch.announce.Announcement;
import io.longwatch.plan.Durations;
import io.temporal.workflow.Async;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What people say to a release as a whole: pause, hold, extend, reschedule, abort, roll back. */
final class Commands {
    static final String PAUSE = "pause";
    static final String HOLD = "hold";

    private static final String FINAL =
            "its soak has passed and what it changed is final; to go back, release the former version";
    private static final Duration DEFAULT_HOLD = Duration.ofHours(4);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Journal journal;
    private final Stops stops;
    private final SoakControl soak;
    private final Announcer announcer;
    private final Edition edition;

    Commands(Journal journal, Stops stops, SoakControl soak, Announcer announcer, Edition edition) {
        this.journal = journal;
        this.stops = stops;
        this.soak = soak;
        this.announcer = announcer;
        this.edition = edition;
    }

    /** Carries a command out, or refuses it. */
    Ruling carryOut(Vote vote) {
        boolean forward = forward();
        return switch (vote.verb()) {
            case PAUSE -> forward ? pause(vote) : Ruling.no("the release no longer goes forward");
            case RESUME -> resume(vote);
            case HOLD ->
                forward ? hold(vote) : Ruling.no("the release no longer goes forward; a rollback is never held");
            case RELEASE -> release(vote);
            case EXTEND ->
                forward || !edition.losesNoCommand()
                        ? extend(vote)
                        : Ruling.no("the release no longer goes forward; its soak is over");
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

    /** Whether it still goes forward; one that was cancelled in the server rolls back without having been told to. */
    private boolean forward() {
        boolean back = journal.course() == ReleaseState.ROLLING_BACK && edition.losesNoCommand();
        return stops.why() == null && !back;
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
        Optional<String> refusal = vote.argument() == null ? Optional.empty() : unusable(vote);
        if (refusal.isPresent()) {
            return Ruling.no(refusal.get());
        }
        Duration asked = vote.argument() == null ? DEFAULT_HOLD : Span.of(vote.argument());
        hold(HOLD, "held " + by(vote), asked);
        return Ruling.yes("gates and steps with effect wait; someone is told in " + Durations.format(asked));
    }

    private void hold(String cause, String why, Duration remindAfter) {
        journal.hold(cause, why);
        Async.procedure(() -> {
            if (edition.tellsAgain()) {
                remindAgain(cause, why, remindAfter);
            } else {
                remind(cause, why, remindAfter);
            }
        });
    }

    private void remind(String cause, String why, Duration after) {
        Workflow.sleep(after);
        if (journal.heldFor(cause, why)) {
            announcer.say(cause + "/" + Waits.now(), still(after), List.of(is(why)), Announcement.Tone.BAD);
        }
    }

    /**
     * Tells people of a hold that stands past its time, again and again; it stays held all the same. The time between
     * doubles up to a day, so that a hold of weeks is a few events. The timer runs out by itself: one that is cancelled in
     * the task in which it began does not replay beside local activities.
     */
    private void remindAgain(String cause, String why, Duration first) {
        Instant since = Waits.now();
        Duration pause = first;
        String summary = "time to tell someone of the " + cause;
        while (stillHeld(cause, why, pause, summary)) {
            announcer.call(
                    cause + "/" + Waits.now(),
                    still(Duration.between(since, Waits.now()).truncatedTo(ChronoUnit.SECONDS)),
                    List.of(is(why)),
                    Announcement.Tone.BAD,
                    journal.plan().roleIds());
            pause = longer(pause);
        }
    }

    private boolean stillHeld(String cause, String why, Duration after, String summary) {
        Workflow.newTimer(after, TimerOptions.newBuilder().setSummary(summary).build())
                .get();
        return journal.heldFor(cause, why);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        Duration longest = Durations.max(pause, LONGEST_PAUSE);
        return Durations.min(twice, longest);
    }

    private static String still(Duration after) {
        return "Still waiting after " + Durations.format(after);
    }

    private static String is(String why) {
        return "The release is " + why + ".";
    }

    private Ruling release(Vote vote) {
        if (!journal.held(HOLD)) {
            return Ruling.no("the release is not held");
        }
        journal.unhold(HOLD, "hold ended " + by(vote));
        return Ruling.yes("the release goes on");
    }

    private Ruling extend(Vote vote) {
        Optional<String> refusal = unusable(vote);
        if (refusal.isPresent() || vote.argument() == null) {
            return Ruling.no(refusal.orElse("say by how long"));
        }
        Duration by = Span.of(vote.argument());
        return soak.extend(by)
                ? Ruling.yes("the open window ends " + Durations.format(by) + " later")
                : Ruling.no("no soak window is open");
    }

    private Optional<String> unusable(Vote vote) {
        return edition.binds() ? Span.refusal(vote.argument()) : Span.malformed(vote.argument());
    }

    private Ruling reschedule(Vote vote) {
        if (deploying() || stops.why() != null) {
            return Ruling.no("the release deploys already, or no longer goes forward");
        }
        Optional<String> refusal = Span.refusal(vote.argument(), Waits.now());
        if (refusal.isPresent()) {
            return Ruling.no(refusal.get());
        }
        Instant time = Instant.parse(String.valueOf(vote.argument()));
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
