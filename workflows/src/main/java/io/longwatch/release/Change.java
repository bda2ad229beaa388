package io.longwatch.release;

import io.temporal.workflow.Workflow;

/**
 * Changes of what a release does that releases of former builds do not know. A release keeps to what it knew when it first
 * came to a change, since its history must replay; a change may go when no release can be running that began without it.
 *
 * @see <a href="https://docs.temporal.io/develop/java/versioning">Versioning of workflows</a>
 */
public enum Change {
    /** Pages about the release are written to the ledger. */
    LEDGER("ledger"),

    /** The start is proved, answers are bound to what was shown, and people are told again, by name. */
    PEOPLE("people"),

    /** What follows a checklist item that need not be answered does not wait for it. */
    OPTIONAL_BESIDE("optional-items-beside"),

    /** Time before T is no longer compressed once somebody said when to deploy. */
    RESCHEDULE_ENDS_NOW("reschedule-ends-now"),

    /** A release that was too late looks again at what had been looked at before it deploys at its new time. */
    LOOKS_AGAIN("look-again-at-new-time"),

    /** Lateness is judged once more ahead of the first effect that users feel. */
    FIRST_EFFECT_IN_TIME("first-effect-in-time"),

    /** An approval of a gate is bound to what would be taken back, not to all the lines of the preview. */
    BINDS_THE_WAY_BACK("gate-binds-the-way-back"),

    /** Silence opens no gate, whatever its plan says. */
    SHUT_IN_SILENCE("gate-shut-in-silence"),

    /** People are asked how an effect ended that is tried only once, unless the failure says that it did not happen. */
    ASKS_WHEN_UNKNOWN("unknown-outcome-asks"),

    /** Another try of a step whose precondition no longer held reads it anew. */
    READS_ANEW("retry-reads-anew"),

    /** A step that was cancelled while its way back was read does not begin. */
    CANCELLED_IN_TIME("cancelled-ahead-of-effect"),

    /** A window is watched for as long as its looks take. */
    PATIENT_WATCH("patient-watch"),

    /** People are asked when a restore is refused. */
    ASKS_WHEN_REFUSED("refused-restore-asks"),

    /** Only an answer that stands can be revoked. */
    REVOKES_WHAT_STANDS("revokes-what-stands"),

    /**
     * Decisions are judged where the release's environment is served, bound to its run, and outlast a hold. What stands in
     * for a step runs also where the step fails when it is looked at again at T; no message that is tried again keeps a
     * release from its end; no command is lost that comes while it rolls back or moves elsewhere.
     */
    ANSWERS_AT_HOME("answers-at-home"),

    /** What an open window has seen is kept when the release stops in its middle. */
    KEEPS_WHAT_WAS_SEEN("keeps-what-was-seen"),

    /**
     * What a person decided is not undone by how the plan reads on: a gate binds what was settled when it opened, shows what
     * a skipped step left unknown, and opens again for nothing else; a hold outlasts every question whose silence would
     * abort; people are asked where the checks of a window speak of what is not known. A confirmed result is as old as its
     * measurement, and looked at anew where its confirmation was refused. What settled a question is not answered again, and
     * nobody is called any more about a window that the release has left. Nor is it found by what it has left: by a state
     * where it has gone on elsewhere, by a deadline once it ends or rolls back.
     */
    KEEPS_TO_DECISIONS("keeps-to-decisions");

    private final String id;

    Change(String id) {
        this.id = id;
    }

    /** The change's id in a history. */
    public String id() {
        return id;
    }

    /** Whether this release knows it. Writes a marker into the history the first time. */
    boolean known() {
        return Workflow.getVersion(id, Workflow.DEFAULT_VERSION, 1) >= 1;
    }
}
