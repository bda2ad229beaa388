package io.longwatch.release;

import io.longwatch.announce.Announcement;
import io.longwatch.decision.Question;
import java.util.List;
import java.util.function.Supplier;

/** Questions whose deadline only holds the release: people are told that they are overdue, and asked again. */
final class Overdue {
    private final Course course;

    Overdue(Course course) {
        this.course = course;
    }

    /**
     * Asks until somebody answers, or silence is an answer.
     *
     * @param holds whether silence holds the release, at the deadline
     * @param moot ends it without an answer when it holds: what was asked has gone away
     * @param called roles that are told when nobody answers
     */
    Answer ask(Question question, Rule rule, Supplier<Boolean> holds, Supplier<Boolean> moot, List<String> called) {
        Answer answer = course.desk().ask(question, rule, moot);
        int round = 1;
        while (answer.verb() == null && !moot.get() && holds.get()) {
            round++;
            course.announcer()
                    .call(
                            "overdue/" + question.subject() + "/" + question.askedAt() + "/" + round,
                            "Overdue: " + question.title(),
                            List.of("The deadline has passed; the release stays held until someone answers."),
                            Announcement.Tone.BAD,
                            called);
            answer = course.desk().ask(Questions.again(question), rule, moot);
        }
        return answer;
    }

    /** Whether people hold the release, and that outlasts also the questions of its own that would abort it. */
    boolean held() {
        return course.edition().outlastsEveryHold() && course.journal().held(Commands.HOLD);
    }
}
