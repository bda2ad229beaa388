package io.longwatch.release;

import io.longwatch.contract.Undo;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Phase;
import io.longwatch.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When phases begin on their T-minus clock, and whether there is still time to deploy. A release that is too late is held
 * until T is moved; at its new T it looks again at what has aged.
 */
final class Schedule {
    private static final Duration RESCHEDULE = Duration.ofHours(4);
    /** Cause of the hold of a release that is too late to deploy. */
    static final String LATE = "late";

    private final Course course;
    private final Borders borders;
    private final Refresh refresh;
    private boolean asking;

    Schedule(Course course, Borders borders, Refresh refresh) {
        this.course = course;
        this.borders = borders;
        this.refresh = refresh;
    }

    /** Waits for the time of a phase, wherever people move it meanwhile. */
    void waitFor(Phase phase) {
        boolean timed = phase.start().anchor() == Phase.Anchor.DEPLOYMENT;
        if (!timed || (deployStart() == null && compressed())) {
            return;
        }
        Duration offset = phase.start().offset();
        Instant due = origin().plus(offset);
        while (Waits.now().isBefore(due)) {
            Instant planned = due;
            Waits.until(
                    planned,
                    phase.start() + ": " + phase.title(),
                    () -> !origin().plus(offset).equals(planned));
            due = origin().plus(offset);
        }
    }

    /** Whether the time before T is compressed: until somebody says when to deploy. */
    private boolean compressed() {
        return journal().request().now() && !(journal().rescheduled() && Change.RESCHEDULE_ENDS_NOW.known());
    }

    /** T, or when the deployment really began. */
    private Instant origin() {
        Instant begun = deployStart();
        Instant planned = journal().deployAt();
        return begun == null || planned.isAfter(begun) ? planned : begun;
    }

    private @Nullable Instant deployStart() {
        return journal().phase(course.plan().deployPhase().id()).startedAt();
    }

    /** Ahead of the deploy phase: holds a deployment that would be too late, and looks again at what has aged by T. */
    void prepareDeployment() {
        if (compressed()) {
            journal().deployAt(Waits.now());
        }
        prepare();
    }

    /**
     * Ahead of a step of the deploy phase: what waited inside the phase before users felt anything may have become too
     * late as well.
     */
    void prepare(ActionStep step) {
        if (!servesFirst(step)) {
            return;
        }
        borders.cross(true);
        Waits.until(() -> !asking);
        if (servesFirst(step) && late() && Change.FIRST_EFFECT_IN_TIME.known()) {
            prepare();
        }
    }

    private boolean servesFirst(ActionStep step) {
        boolean serves = course.catalog().get(step.uses()).hasEffect() && step.undo() == Undo.RESTORE;
        return serves && !course.effects().servingBegun();
    }

    private void prepare() {
        asking = true;
        try {
            do {
                borders.cross(true);
                boolean late = late();
                if (late) {
                    askToReschedule();
                }
                waitFor(course.plan().deployPhase());
                if (!late || Change.LOOKS_AGAIN.known()) {
                    refresh.lookAgain();
                }
            } while (unready());
        } finally {
            asking = false;
        }
    }

    /** Whether, while it was looked at again, T was moved, time ran out or somebody held the release. */
    private boolean unready() {
        if (Waits.now().isBefore(journal().deployAt())) {
            if (Change.LOOKS_AGAIN.known()) {
                return true;
            }
            waitFor(course.plan().deployPhase());
        }
        return late() || borders.closed();
    }

    private boolean late() {
        return Waits.now().isAfter(journal().deployAt().plus(course.plan().latestStart()));
    }

    private void askToReschedule() {
        String why = "T was " + journal().deployAt() + "; the deployment may begin "
                + Durations.format(course.plan().latestStart()) + " later at the latest";
        journal().hold(LATE, why);
        String title = "Too late to deploy: reschedule or abort?";
        Question question = Questions.about(course, Question.Kind.RESCHEDULE, "deployment-time", title)
                .showing(List.of(why, "reschedule --deploy-at TIME moves T"))
                .boundTo(Sha256.hex(why))
                .taking(List.of(Verb.ABORT))
                .within(course.plan().asking().deadlineOr(RESCHEDULE), Points.words(Outcome.ABORT));
        Overdue overdue = new Overdue(course);
        Answer answer = overdue.ask(question, Rule.first(), overdue::held, () -> !late(), question.roles());
        if (late()) {
            throw course.stops().end(new Stop.Abort("too late to deploy: " + answer.inWords()));
        }
        journal().unhold(LATE, "T is now " + journal().deployAt());
    }

    private Journal journal() {
        return course.journal();
    }
}
