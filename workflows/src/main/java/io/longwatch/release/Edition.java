package io.longwatch.release;

/**
 * By which rules about people, and a few that came with them, a release goes: those of the build that it began with,
 * since its history must replay. The first edition is without proofs at the start, binds no answer to what was shown, and
 * tells people less often. The second has a decision judged by any worker, binds no answer to the one question of the one
 * run, lets a deadline pass in a hold, runs nothing in place of a step that fails when it is looked at again at T, waits
 * for every message that is tried again, and may lose a command that comes while it rolls back or moves elsewhere. The
 * third binds gates to what was settled after they opened, ends over expressions whose step was skipped, lets a hold end
 * with the question of a failed step, and takes a confirmation for a measurement.
 */
final class Edition {

    private boolean people;
    private boolean answersAtHome;
    private boolean keepsToDecisions;

    /** Settles it, ahead of all else that a release does. */
    void begin() {
        people = Change.PEOPLE.known();
        answersAtHome = Change.ANSWERS_AT_HOME.known();
        keepsToDecisions = Change.KEEPS_TO_DECISIONS.known();
    }

    /** Whether answers are bound to what was shown, and a release to who asked for it. */
    boolean binds() {
        return people;
    }

    /** Whether people are told again, and by name. */
    boolean tellsAgain() {
        return people;
    }

    /** Whether decisions are judged by a worker of the release's environment, which knows its people. */
    boolean judgesAtHome() {
        return answersAtHome;
    }

    /** Whether an answer counts for the question that it was given to alone: of this run, and of this try. */
    boolean bindsTheRun() {
        return answersAtHome;
    }

    /** Whether what was answered outlasts a deadline that holds, and a hold every deadline that would end the release. */
    boolean outlastsHolds() {
        return answersAtHome;
    }

    /** Whether a step that fails when it is looked at again at T has what stands in for it run. */
    boolean standsInAtT() {
        return answersAtHome;
    }

    /** Whether a release waits for no message that is tried again until its question is settled. */
    boolean leavesLateMessages() {
        return answersAtHome;
    }

    /** Whether a command that comes while a release rolls back or moves elsewhere is carried out or refused, never lost. */
    boolean losesNoCommand() {
        return answersAtHome;
    }

    /** Whether a gate is bound to what was settled when it opened, and to nothing that was settled since. */
    boolean bindsWhatWasSettled() {
        return keepsToDecisions;
    }

    /** Whether people decide with what is known where an expression speaks of what a step did not find. */
    boolean asksWithWhatIsKnown() {
        return keepsToDecisions;
    }

    /** Whether a hold outlasts the questions of a failed step, a late deployment and a window as well. */
    boolean outlastsEveryHold() {
        return keepsToDecisions;
    }

    /** Whether a result that is confirmed stays as old as it is, and one whose confirmation is refused is looked at anew. */
    boolean confirmsMeasurements() {
        return keepsToDecisions;
    }

    /** Whether nobody is called any more about a window that the release has left. */
    boolean leavesWindowsQuietly() {
        return keepsToDecisions;
    }

    /** Whether a release is found by no state where it has gone on elsewhere, and by no deadline once it has left its soak. */
    boolean leavesTheIndex() {
        return keepsToDecisions;
    }

    /** Whether the outcome of an effect is unknown only if the effect was called. */
    boolean knowsWhatWasCalled() {
        return keepsToDecisions;
    }
}
