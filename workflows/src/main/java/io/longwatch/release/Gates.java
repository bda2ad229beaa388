package io.longwatch.release;

import io.longwatch.announce.Announcement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.SignOff;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What waits for people on purpose: gates, checklist items, confirmations, sign-offs. */
final class Gates {
    private static final Duration CONFIRM = Duration.ofHours(4);
    private static final String BINDS_THE_WAY_BACK = "gate-binds-the-way-back";
    private static final String SHUT_IN_SILENCE = "gate-shut-in-silence";

    private final Course course;
    private final Preview preview;
    private final Recourse recourse;
    private final Map<String, String> openedWith = new LinkedHashMap<>();

    Gates(Course course, Preview preview) {
        this.course = course;
        this.preview = preview;
        this.recourse = new Recourse(course);
    }

    /** Digest of what each gate showed when it opened, by gate. */
    Map<String, String> shown() {
        return openedWith;
    }

    /** Takes up what gates of an earlier run showed. */
    void takeUp(Map<String, String> shown) {
        openedWith.putAll(shown);
    }

    /** Asks for a gate's approvals. */
    void open(Gate gate) {
        begin(gate.id());
        String digest = digest(gate, since(BINDS_THE_WAY_BACK) ? preview.bound() : preview.lines());
        Instant deadline = Waits.now().plus(gate.deadline());
        Outcome silence = silence(gate);
        Question question = new Question(
                gate.id(),
                Question.Kind.GATE,
                gate.title(),
                details(gate),
                digest,
                List.of(Verb.APPROVE, Verb.REJECT, Verb.REVOKE),
                gate.approvals().stream().map(Gate.Approval::role).distinct().toList(),
                Waits.now(),
                deadline,
                words(silence),
                List.of());
        escalateAt(Waits.now().plus(gate.deadline().dividedBy(2)), gate, digest);
        Answer answer = askUntilAnswered(
                question, Rule.gate(gate, course.journal().request().requester()), silence);
        if (answer.is(Verb.APPROVE)) {
            openedWith.put(gate.id(), digest);
            settle(gate.id(), StepState.PASSED, answer);
        } else {
            close(gate.id(), "gate '" + gate.id() + "'", answer, following(answer, silence));
        }
    }

    /** What silence means: nothing opens a gate but people, whatever a plan from before the validator said so has. */
    private static Outcome silence(Gate gate) {
        boolean opens = gate.onDeadline() == Outcome.CONTINUE;
        return opens && since(SHUT_IN_SILENCE) ? Outcome.HOLD : gate.onDeadline();
    }

    private static boolean since(String change) {
        return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    /** Whether what a gate showed when it opened still stands. */
    boolean stands(Gate gate) {
        String shown = openedWith.get(gate.id());
        boolean stands = digest(gate, preview.lines()).equals(shown);
        return stands
                || (since(BINDS_THE_WAY_BACK) && digest(gate, preview.bound()).equals(shown));
    }

    private void escalateAt(Instant half, Gate gate, String digest) {
        if (gate.escalateTo() == null) {
            return;
        }
        Async.procedure(() -> {
            Waits.until(half, "half of the deadline of: " + gate.title(), () -> !waits(gate.id()));
            if (waits(gate.id())) {
                course.herald()
                        .say(
                                "escalation/" + gate.id() + "/" + digest,
                                "Still unanswered: " + gate.title(),
                                List.of("Half of the time has passed; " + gate.escalateTo() + " is asked to help."),
                                Announcement.Tone.ATTENTION);
            }
        });
    }

    private boolean waits(String step) {
        return course.journal().step(step).state() == StepState.WAITING;
    }

    private List<String> details(Gate gate) {
        List<String> lines = new ArrayList<>();
        for (String expression : gate.bind()) {
            lines.add(expression + " = " + course.scope().evaluate(expression));
        }
        lines.addAll(preview.lines());
        return lines;
    }

    private String digest(Gate gate, List<String> bound) {
        StringBuilder shown = new StringBuilder(course.journal().request().planDigest());
        shown.append('\n').append(gate.id());
        gate.bind()
                .forEach(expression -> shown.append('\n')
                        .append(expression)
                        .append('=')
                        .append(course.scope().evaluate(expression)));
        bound.forEach(line -> shown.append('\n').append(line));
        preview.shown(gate.id()).forEach(line -> shown.append('\n').append(line));
        return Text.sha256(shown.toString());
    }

    /** Asks for a checklist item and waits for the answer. */
    void attest(ChecklistItem item) {
        attest(item, item.deadline(), true);
    }

    /**
     * Asks for a checklist item and waits for the answer.
     *
     * @param time how long people have
     * @param blocks whether the release awaits it
     */
    void attest(ChecklistItem item, Duration time, boolean blocks) {
        if (!waits(item.id())) {
            begin(item.id());
        }
        Answer answer = askUntilAnswered(
                question(
                        item.id(),
                        Question.Kind.ITEM,
                        item.title(),
                        item.evidence() == null ? List.of() : List.of("Evidence: " + item.evidence()),
                        Verb.ATTEST,
                        List.of(item.role()),
                        time,
                        silence(item)),
                blocks,
                Rule.first(),
                silence(item));
        if (answer.is(Verb.ATTEST)) {
            settle(item.id(), StepState.ATTESTED, answer);
        } else if (answer.is(Verb.WAIVE)) {
            settle(item.id(), StepState.WAIVED, answer);
        } else if (refuse(item.id(), "item '" + item.id() + "'", answer, silence(item))) {
            attest(item, item.deadline(), blocks);
        }
    }

    /** A point that the plan does not require stays open when nobody answers. */
    private static Outcome silence(ChecklistItem item) {
        return item.required() ? item.onDeadline() : Outcome.CONTINUE;
    }

    /** Asks a person to confirm what a step has found. */
    void confirm(ActionStep step) {
        String role = String.valueOf(step.confirm());
        StepRecord found = course.journal().step(step.id());
        course.journal().step(step.id(), record -> record.waiting("to be confirmed by " + role));
        boolean deployed = course.effects().servingBegun() || course.journal().deployedAt() != null;
        Outcome silence = deployed ? Outcome.CONTINUE : Outcome.ABORT;
        Answer answer = askUntilAnswered(
                question(
                        step.id(),
                        Question.Kind.CONFIRMATION,
                        "Confirm: " + step.title(),
                        List.of(String.valueOf(found.summary())),
                        Verb.CONFIRM,
                        List.of(role),
                        CONFIRM,
                        silence),
                Rule.first(),
                silence);
        if (answer.is(Verb.CONFIRM)) {
            settle(step.id(), StepState.PASSED, answer);
        } else if (answer.is(Verb.WAIVE)) {
            settle(step.id(), StepState.WAIVED, answer);
        } else if (refuse(step.id(), "step '" + step.id() + "'", answer, silence)) {
            confirm(step);
        }
    }

    /** Asks for a signature. */
    void sign(SignOff signOff) {
        begin(signOff.id());
        Answer answer = askUntilAnswered(
                question(
                        signOff.id(),
                        Question.Kind.SIGN_OFF,
                        signOff.title(),
                        List.of(),
                        Verb.SIGN,
                        List.of(signOff.role()),
                        signOff.deadline(),
                        signOff.onDeadline()),
                Rule.first(),
                signOff.onDeadline());
        if (answer.is(Verb.SIGN)) {
            settle(signOff.id(), StepState.ATTESTED, answer);
        } else if (refuse(signOff.id(), "sign-off '" + signOff.id() + "'", answer, signOff.onDeadline())) {
            sign(signOff);
        }
    }

    private Question question(
            String subject,
            Question.Kind kind,
            String title,
            List<String> details,
            Verb yes,
            List<String> roles,
            Duration deadline,
            Outcome onDeadline) {
        List<Verb> verbs = yes == Verb.SIGN ? List.of(yes, Verb.REJECT) : List.of(yes, Verb.REJECT, Verb.WAIVE);
        return new Question(
                subject,
                kind,
                title,
                details,
                Text.sha256(course.journal().request().planDigest() + "\n" + subject + "\n" + details),
                verbs,
                roles,
                Waits.now(),
                Waits.now().plus(deadline),
                words(onDeadline),
                List.of());
    }

    /** Asks; where silence means HOLD, tells people and asks again. */
    private Answer askUntilAnswered(Question question, Rule rule, Outcome onDeadline) {
        return askUntilAnswered(question, true, rule, onDeadline);
    }

    private Answer askUntilAnswered(Question question, boolean blocks, Rule rule, Outcome onDeadline) {
        Answer answer = course.desk().ask(question, blocks, rule, () -> false);
        int round = 1;
        while (answer.verb() == null && onDeadline == Outcome.HOLD) {
            round++;
            course.herald()
                    .say(
                            "overdue/" + question.subject() + "/" + round,
                            "Overdue: " + question.title(),
                            List.of("The deadline has passed; the release stays held until someone answers."),
                            Announcement.Tone.BAD);
            Duration wait = Duration.between(question.askedAt(), question.deadline());
            answer = course.desk().ask(again(question, Waits.now().plus(wait)), blocks, rule, () -> false);
        }
        return answer;
    }

    private static Question again(Question question, Instant deadline) {
        return new Question(
                question.subject(),
                question.kind(),
                question.title(),
                question.details(),
                question.digest(),
                question.verbs(),
                question.roles(),
                Waits.now(),
                deadline,
                question.onDeadline(),
                List.of());
    }

    private void begin(String step) {
        course.journal().step(step, record -> record.started(Waits.now()).waiting("for people"));
    }

    private void settle(String step, StepState end, Answer answer) {
        course.journal()
                .step(
                        step,
                        record -> record.answered(end, Waits.now(), answer.by(), answer.evidence(), answer.inWords()));
    }

    /** What follows: the plan's outcome for silence; a no never lets the release go on. */
    private Outcome following(Answer answer, Outcome onDeadline) {
        if (answer.verb() == null || onDeadline == Outcome.ABORT || onDeadline == Outcome.ROLLBACK) {
            return onDeadline;
        }
        return course.effects().servingBegun() ? Outcome.ROLLBACK : Outcome.ABORT;
    }

    /**
     * Ends a point that nobody vouched for; true if it is to be asked again. A no that the plan gives no outcome of its
     * own is asked about: a point that may stay open in silence may not be passed over when someone says no.
     */
    private boolean refuse(String step, String what, Answer answer, Outcome outcome) {
        boolean decided = answer.verb() == null || outcome == Outcome.ABORT || outcome == Outcome.ROLLBACK;
        if (decided) {
            close(step, what, answer, outcome);
            return false;
        }
        course.journal().step(step, record -> record.settled(StepState.FAILED, Waits.now(), answer.inWords()));
        course.journal().note(what + ": " + answer.inWords());
        return recourse.again(step, "Rejected: " + course.journal().step(step).title(), answer.inWords());
    }

    private void close(String step, String what, Answer answer, Outcome outcome) {
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
