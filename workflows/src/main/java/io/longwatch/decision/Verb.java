package io.longwatch.decision;

import java.util.Locale;

/** What a person can say to a release; the same words in code, on the command line and in Slack. */
public enum Verb {
    /** Asks for a release; signed as every other verb, said once, by {@code start}. */
    START,
    /** Opens a gate, together with the other approvals it asks for. */
    APPROVE,
    /** Says no to a gate or to what a step shows. */
    REJECT,
    /** Takes an approval back while its gate is still closed. */
    REVOKE,
    /** Signs the release off. */
    SIGN,
    /** Vouches for a checklist item, or for work done by hand, with evidence. */
    ATTEST,
    /** Confirms what a machine has found. */
    CONFIRM,
    /** Lets an inconclusive or failed point pass, with a reason. */
    WAIVE,
    /** Tries a failed step again. */
    RETRY,
    /** Goes on without a failed step, with a reason. */
    SKIP,
    /** Stops the release at the next step border. */
    PAUSE,
    /** Ends a pause. */
    RESUME,
    /** Holds gates and steps with effect, for a rule outside the release. */
    HOLD,
    /** Ends a hold. */
    RELEASE,
    /** Lengthens the soak window that is open; the argument says by how long. */
    EXTEND,
    /** Moves T; the argument is the new time. */
    RESCHEDULE,
    /** Gives the release's place to a newer one; the argument is its id. Said by {@code start --supersedes}. */
    SUPERSEDE,
    /** Ends the release where it stands, undoing nothing. */
    ABORT,
    /** Takes the release back. */
    ROLLBACK;

    /** Whether it is said to the release as a whole rather than to an open question. */
    public boolean toRelease() {
        return switch (this) {
            case PAUSE, RESUME, HOLD, RELEASE, EXTEND, RESCHEDULE, SUPERSEDE, ABORT, ROLLBACK -> true;
            default -> false;
        };
    }

    /** As it is written: "approve". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
