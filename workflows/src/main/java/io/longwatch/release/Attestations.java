package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.SignOff;
import io.longwatch.text.Sha256;
import java.time.Duration;
import java.util.List;

/** What one person of a role vouches for: checklist items, confirmations, sign-offs. */
final class Attestations {
    private static final Duration CONFIRM = Duration.ofHours(4);

    private final Course course;
    private final Points points;

    Attestations(Course course, Points points) {
        this.course = course;
        this.points = points;
    }

    /** Asks for a checklist item and waits for the answer. */
    void attest(ChecklistItem item) {
        attest(item, item.deadline(), true);
    }

    /**
     * Asks for a checklist item and waits for the answer.
     *
     * @param time how long people have
     * @param awaited whether the release awaits it
     */
    void attest(ChecklistItem item, Duration time, boolean awaited) {
        if (!points.waits(item.id())) {
            points.begin(item.id());
        }
        List<String> details = item.evidence() == null ? List.of() : List.of("Evidence: " + item.evidence());
        Question question = question(Question.Kind.ITEM, item.id(), item.title(), details)
                .taking(List.of(Verb.ATTEST, Verb.REJECT, Verb.WAIVE))
                .of(List.of(item.role()))
                .within(time, Points.words(silence(item)));
        Rule rule = rule(item);
        Answer answer = awaited
                ? points.askUntilAnswered(question, rule, silence(item), null)
                : course.desk().askBeside(question, rule);
        if (answer.is(Verb.ATTEST)) {
            points.settle(item.id(), StepState.ATTESTED, answer);
        } else if (answer.is(Verb.WAIVE)) {
            points.settle(item.id(), StepState.WAIVED, answer);
        } else if (points.refuse(item.id(), "item '" + item.id() + "'", answer, silence(item))) {
            attest(item, item.deadline(), awaited);
        }
    }

    private Rule rule(ChecklistItem item) {
        boolean shown = item.evidence() != null && course.edition().binds();
        return shown ? Rule.shown(String.valueOf(item.evidence())) : Rule.first();
    }

    /** A point that the plan does not require stays open when nobody answers. */
    private static Outcome silence(ChecklistItem item) {
        return item.required() ? item.onDeadline() : Outcome.CONTINUE;
    }

    /** Asks a person to confirm what a step has found; false if they refuse, and want it looked at anew. */
    boolean confirm(ActionStep step) {
        String role = String.valueOf(step.confirm());
        StepRecord found = course.journal().step(step.id());
        course.journal().step(step.id(), record -> record.waiting("to be confirmed by " + role));
        boolean deployed = course.effects().servingBegun() || course.journal().deployedAt() != null;
        Outcome silence = deployed ? Outcome.CONTINUE : Outcome.ABORT;
        Question question = question(
                        Question.Kind.CONFIRMATION,
                        step.id(),
                        "Confirm: " + step.title(),
                        List.of(String.valueOf(found.summary())))
                .taking(List.of(Verb.CONFIRM, Verb.REJECT, Verb.WAIVE))
                .of(List.of(role))
                .within(CONFIRM, Points.words(silence));
        Answer answer = points.askUntilAnswered(question, Rule.first(), silence, null);
        if (answer.is(Verb.CONFIRM)) {
            points.confirm(found, answer);
        } else if (answer.is(Verb.WAIVE)) {
            points.settle(step.id(), StepState.WAIVED, answer);
        } else if (points.refuse(step.id(), "step '" + step.id() + "'", answer, silence)) {
            return !course.edition().confirmsMeasurements() && confirm(step);
        }
        return true;
    }

    /** Asks for a signature. */
    void sign(SignOff signOff) {
        points.begin(signOff.id());
        Question question = question(Question.Kind.SIGN_OFF, signOff.id(), signOff.title(), List.of())
                .taking(List.of(Verb.SIGN, Verb.REJECT))
                .of(List.of(signOff.role()))
                .within(signOff.deadline(), Points.words(signOff.onDeadline()));
        Answer answer = points.askUntilAnswered(question, Rule.first(), signOff.onDeadline(), null);
        if (answer.is(Verb.SIGN)) {
            points.settle(signOff.id(), StepState.ATTESTED, answer);
        } else if (points.refuse(signOff.id(), "sign-off '" + signOff.id() + "'", answer, signOff.onDeadline())) {
            sign(signOff);
        }
    }

    private Questions.Draft question(Question.Kind kind, String subject, String title, List<String> details) {
        String shown = course.journal().request().planDigest() + "\n" + subject + "\n" + details;
        return Questions.about(course, kind, subject, title).showing(details).boundTo(Sha256.hex(shown));
    }
}
