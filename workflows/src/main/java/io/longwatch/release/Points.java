package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.plan.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Points of a plan that people settle: asked until they are answered, and written down with their end. */
final class Points {
    private final Course course;
    private final Overdue overdue;
    private final Recourse recourse;

    Points(Course course) {
        this.course = course;
        this.overdue = new Overdue(course);
        this.recourse = new Recourse(course);
    }

    void begin(String step) {
        course.journal().step(step, record -> record.started(Waits.now()).waiting("for people"));
    }

    boolean waits(String step) {
        return course.journal().step(step).state() == StepState.WAITING;
    }

    /**
     * Asks; where silence means HOLD, tells people and asks again.
     *
     * @param escalateTo role that is called besides those who are asked when nobody answers, or null
     */
    Answer askUntilAnswered(Question question, Rule rule, Outcome onDeadline, @Nullable String escalateTo) {
        List<String> called = new ArrayList<>(question.roles());
        if (escalateTo != null && !called.contains(escalateTo)) {
            called.add(escalateTo);
        }
        return overdue.ask(question, rule, () -> holds(onDeadline), () -> false, called);
    }

    /** Whether a deadline only holds the release: by its plan, or since people do. */
    private boolean holds(Outcome onDeadline) {
        boolean held = course.edition().outlastsHolds() && course.journal().held(Commands.HOLD);
        return onDeadline == Outcome.HOLD || (held && onDeadline != Outcome.CONTINUE);
    }

    void settle(String step, StepState end, Answer answer) {
        course.journal()
                .step(
                        step,
                        record -> record.answered(end, Waits.now(), answer.by(), answer.evidence(), answer.inWords()));
    }

    /** Settles what a step has found as confirmed; it stays as old as its measurement. */
    void confirm(StepRecord found, Answer answer) {
        Instant measured = course.edition().confirmsMeasurements() ? found.endedAt() : null;
        Instant end = Objects.requireNonNullElseGet(measured, Waits::now);
        course.journal()
                .step(
                        found.id(),
                        record -> record.answered(
                                StepState.PASSED, end, answer.by(), answer.evidence(), answer.inWords()));
    }

    /**
     * Ends a point that nobody vouched for; true if it is to be asked again. A no that the plan gives no outcome of its
     * own is asked about: a point that may stay open in silence may not be passed over when someone says no.
     */
    boolean refuse(String step, String what, Answer answer, Outcome outcome) {
        boolean decided = answer.verb() == null || outcome == Outcome.ABORT || outcome == Outcome.ROLLBACK;
        if (decided) {
            close(step, what, answer, outcome);
            return false;
        }
        course.journal().step(step, record -> record.settled(StepState.FAILED, Waits.now(), answer.inWords()));
        course.journal().note(what + ": " + answer.inWords());
        return recourse.again(step, "Rejected: " + course.journal().step(step).title(), answer.inWords());
    }

    /** Ends a point with its outcome. */
    void close(String step, String what, Answer answer, Outcome outcome) {
        String why = what + ": " + answer.inWords();
        boolean silent = answer.verb() == null && outcome == Outcome.CONTINUE;
        StepState end = silent ? StepState.OPEN : StepState.FAILED;
        course.journal().step(step, record -> record.settled(end, Waits.now(), answer.inWords()));
        course.journal().note(why);
        switch (outcome) {
            case ABORT, HOLD -> throw course.stops().end(new Stop.Abort(why));
            case ROLLBACK -> throw course.stops().end(new Stop.RollBack(why));
            case CONTINUE -> {}
        }
    }

    static String words(Outcome outcome) {
        return switch (outcome) {
            case ABORT -> "the release is aborted; nothing is undone";
            case ROLLBACK -> "the release rolls back";
            case HOLD -> "the release stays held and asks again";
            case CONTINUE -> "the release goes on; the point stays open";
        };
    }
}
