package io.longwatch.release;

import static java.util.stream.Collectors.joining;

import io.longwatch.announce.Announcement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Outcome;
import io.longwatch.text.Sha256;
import io.temporal.workflow.Async;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gates: asked for their approvals, bound to what they show. */
final class Gates {

    private final Course course;
    private final Preview preview;
    private final Points points;
    private final Map<String, String> openedWith = new LinkedHashMap<>();
    private final Map<String, List<String>> settledAhead = new LinkedHashMap<>();

    Gates(Course course, Preview preview, Points points) {
        this.course = course;
        this.preview = preview;
        this.points = points;
    }

    /** Digest of what each gate showed when it opened, by gate. */
    Map<String, String> shown() {
        return Collections.unmodifiableMap(openedWith);
    }

    /** The steps ahead of each gate that were settled when it opened, by gate. */
    Map<String, List<String>> settled() {
        return Collections.unmodifiableMap(settledAhead);
    }

    /** Takes up what gates of an earlier run showed. */
    void takeUp(Map<String, String> shown, Map<String, List<String>> settled) {
        openedWith.putAll(shown);
        settledAhead.putAll(settled);
    }

    /** Asks for a gate's approvals. */
    void open(Gate gate) {
        points.begin(gate.id());
        List<String> settled = preview.settledAhead(gate.id());
        String digest = digest(gate, Change.BINDS_THE_WAY_BACK.known() ? preview.bound() : preview.lines(), settled);
        Outcome silence = silence(gate);
        Question question = Questions.about(course, Question.Kind.GATE, gate.id(), gate.title())
                .showing(details(gate))
                .boundTo(digest)
                .taking(List.of(Verb.APPROVE, Verb.REJECT, Verb.REVOKE))
                .of(gate.approvals().stream()
                        .map(Gate.Approval::role)
                        .distinct()
                        .toList())
                .within(gate.deadline(), Points.words(silence));
        escalateAt(question.askedAt().plus(gate.deadline().dividedBy(2)), gate, digest);
        Rule rule = Rule.gate(gate, course.journal().requester());
        Answer answer = points.askUntilAnswered(question, rule, silence, gate.escalateTo());
        if (answer.is(Verb.APPROVE)) {
            openedWith.put(gate.id(), digest);
            settledAhead.put(gate.id(), settled);
            points.settle(gate.id(), StepState.PASSED, answer);
        } else {
            Outcome outcome = following(answer, silence);
            escalateEnd(gate, digest, answer, outcome);
            points.close(gate.id(), "gate '" + gate.id() + "'", answer, outcome);
        }
    }

    /** What silence means: nothing opens a gate but people, whatever a plan from before the validator said so has. */
    private static Outcome silence(Gate gate) {
        boolean opens = gate.onDeadline() == Outcome.CONTINUE;
        return opens && Change.SHUT_IN_SILENCE.known() ? Outcome.HOLD : gate.onDeadline();
    }

    /** Whether what a gate showed when it opened still stands. */
    boolean stands(Gate gate) {
        String shown = openedWith.get(gate.id());
        List<String> settled = preview.settledAhead(gate.id());
        if (course.edition().bindsWhatWasSettled()) {
            settled = settledAhead.getOrDefault(gate.id(), settled);
        }
        boolean stands = digest(gate, preview.lines(), settled).equals(shown);
        return stands
                || (Change.BINDS_THE_WAY_BACK.known()
                        && digest(gate, preview.bound(), settled).equals(shown));
    }

    private void escalateAt(Instant half, Gate gate, String digest) {
        String role = gate.escalateTo();
        if (role == null) {
            return;
        }
        Async.procedure(() -> {
            Waits.until(half, "half of the deadline of: " + gate.title(), () -> !points.waits(gate.id()));
            if (points.waits(gate.id())) {
                course.announcer()
                        .call(
                                "escalation/" + gate.id() + "/" + digest,
                                "Still unanswered: " + gate.title(),
                                List.of("Half of the time has passed; " + role + " is asked to help."),
                                Announcement.Tone.ATTENTION,
                                List.of(role));
            }
        });
    }

    /** Tells of the silence at the end; a gate that holds says it with every round. */
    private void escalateEnd(Gate gate, String digest, Answer answer, Outcome outcome) {
        String role = gate.escalateTo();
        if (role != null && answer.verb() == null && course.edition().tellsAgain()) {
            course.announcer()
                    .call(
                            "escalation-at-the-end/" + gate.id() + "/" + digest,
                            "Unanswered: " + gate.title(),
                            List.of("The deadline has passed: " + Points.words(outcome) + "."),
                            Announcement.Tone.BAD,
                            List.of(role));
        }
    }

    private List<String> details(Gate gate) {
        List<String> lines = new ArrayList<>();
        for (String expression : gate.bind()) {
            lines.add(expression + " = " + found(expression));
        }
        lines.addAll(preview.lines());
        return lines;
    }

    /** What an expression gives; where a step that it speaks of has found nothing, how that step stands. */
    private String found(String expression) {
        try {
            return String.valueOf(course.scope().evaluate(expression));
        } catch (ExpressionFailed e) {
            if (!course.edition().asksWithWhatIsKnown()) {
                throw e;
            }
            String unsettled = Expressions.stepsIn(expression).stream()
                    .map(step -> course.journal().step(step))
                    .filter(step -> step.state() != StepState.PASSED)
                    .map(step -> "'" + step.title() + "' " + step.state())
                    .collect(joining(", "));
            return "not known: " + (unsettled.isEmpty() ? e.getMessage() : unsettled);
        }
    }

    private String digest(Gate gate, List<String> bound, List<String> settled) {
        StringBuilder shown = new StringBuilder(course.journal().request().planDigest());
        shown.append('\n').append(gate.id());
        gate.bind()
                .forEach(expression ->
                        shown.append('\n').append(expression).append('=').append(found(expression)));
        bound.forEach(line -> shown.append('\n').append(line));
        preview.shown(settled).forEach(line -> shown.append('\n').append(line));
        return Sha256.hex(shown.toString());
    }

    /** What follows: the plan's outcome for silence; a no never lets the release go on. */
    private Outcome following(Answer answer, Outcome onDeadline) {
        if (answer.verb() == null || onDeadline == Outcome.ABORT || onDeadline == Outcome.ROLLBACK) {
            return onDeadline;
        }
        return course.effects().servingBegun() ? Outcome.ROLLBACK : Outcome.ABORT;
    }
}
