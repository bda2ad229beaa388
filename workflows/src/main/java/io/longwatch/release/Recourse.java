package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Outcome;
import io.longwatch.text.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows when a step failed for good, or when people said no to a point that may stay open: they choose to try
 * again, go on without it, roll back or abort. Silence lets a release go on only when its effects are final: the point
 * then stays as it is.
 */
final class Recourse {
    private static final Duration ASK = Duration.ofHours(2);

    private final Course course;
    private final Overdue overdue;

    Recourse(Course course) {
        this.course = course;
        this.overdue = new Overdue(course);
    }

    /**
     * Asks; true if it is to be tried again, false if the release goes on without it.
     *
     * @param step id of the step
     * @param title what happened
     * @param problem why, in words
     * @throws Stopped if the answer ends the forward part of the release
     */
    boolean again(String step, String title, String problem) {
        boolean rollsBack = rollsBackInSilence();
        List<Verb> verbs = new ArrayList<>(List.of(Verb.RETRY, Verb.SKIP, Verb.ABORT));
        if (!course.journal().released()) {
            verbs.add(Verb.ROLLBACK);
        }
        Question question = Questions.about(course, Question.Kind.FAILED_STEP, step, title)
                .showing(List.of(problem))
                .boundTo(Sha256.hex(step + "\n" + problem))
                .taking(verbs)
                .within(course.plan().asking().deadlineOr(ASK), silence(rollsBack));
        Answer answer = overdue.ask(
                question, Rule.first(), () -> aborts(rollsBack) && overdue.held(), () -> false, question.roles());
        if (answer.is(Verb.RETRY)) {
            return true;
        }
        if (answer.is(Verb.SKIP)) {
            skip(step, answer);
            return false;
        }
        if (answer.verb() == null && course.journal().released()) {
            return false;
        }
        String why = "step '" + step + "' failed: " + problem + " (" + answer.inWords() + ")";
        boolean back = answer.is(Verb.ROLLBACK) || (answer.verb() == null && rollsBack);
        throw course.stops().end(back ? new Stop.RollBack(why) : new Stop.Abort(why));
    }

    private boolean rollsBackInSilence() {
        Outcome outcome = course.plan().asking().onDeadline();
        return outcome == null ? course.effects().servingBegun() : outcome == Outcome.ROLLBACK;
    }

    /** Whether silence aborts the release. */
    private boolean aborts(boolean rollsBack) {
        return !rollsBack && !course.journal().released();
    }

    private String silence(boolean rollsBack) {
        if (course.journal().released()) {
            return "it stays as it is";
        }
        return rollsBack ? "the release rolls back" : "the release is aborted; nothing is undone";
    }

    private void skip(String step, Answer answer) {
        course.journal()
                .step(
                        step,
                        record -> record.answered(
                                StepState.WAIVED, Waits.now(), answer.by(), answer.evidence(), answer.inWords()));
    }
}
