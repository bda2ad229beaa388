package io.longwatch.starter.view;

import static java.util.stream.Collectors.joining;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who is asked what, until when, and how they answer. */
final class QuestionLines {
    private static final int MOST_DETAILS = 6;

    private final Style style;
    private final Instant now;
    private final ReleasePlan plan;

    QuestionLines(Style style, Instant now, ReleasePlan plan) {
        this.style = style;
        this.now = now;
        this.plan = plan;
    }

    List<String> of(String release, List<Question> questions) {
        List<String> lines = new ArrayList<>();
        for (Question question : questions) {
            lines.add(new Line(style)
                    .add("  ? ", Paint.ASKS)
                    .add(question.title(), Paint.BOLD)
                    .toString());
            lines.add(detail(who(question), Paint.NONE));
            question.details().stream()
                    .limit(MOST_DETAILS)
                    .map(line -> detail(line, Paint.DIM))
                    .forEach(lines::add);
            if (question.details().size() > MOST_DETAILS) {
                lines.add(detail((question.details().size() - MOST_DETAILS) + " lines more", Paint.DIM));
            }
            lines.add(detail(how(release, question), Paint.PERSON));
        }
        return lines;
    }

    private String detail(String text, Paint paint) {
        return new Line(style).add("    ").add(text, paint).toString();
    }

    private String who(Question question) {
        String answered = question.answeredBy().isEmpty() ? "" : ", so far " + String.join(", ", question.answeredBy());
        return plan.deciders(question.subject(), question.roles()) + answered + deadline(question);
    }

    private String deadline(Question question) {
        Instant deadline = question.deadline();
        if (deadline == null) {
            return "";
        }
        String left = deadline.isAfter(now) ? Clocks.length(Duration.between(now, deadline)) + " left" : "time is up";
        return ", until " + Clocks.day(deadline) + " (" + left + "), then " + question.onDeadline();
    }

    private String how(String release, Question question) {
        String verbs = question.verbs().stream().map(Verb::word).collect(joining("|"));
        return "longwatch " + verbs + " " + release + " " + question.subject();
    }
}
