package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.text.Sha256;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the questions of a release: asked now, of all its roles unless some are named. */
final class Questions {
    private Questions() {}

    /**
     * A question in the making.
     *
     * @param kind what sort of question it is
     * @param subject id of the gate, step, window or sign-off
     * @param title for people
     * @param details what they should know, a line each
     * @param verbs what may be answered
     * @param roles who may answer, any of them
     * @param digest digest of what is shown
     * @param ofThisRun whether an answer to it counts for no other question, however like this one
     */
    record Draft(
            Question.Kind kind,
            String subject,
            String title,
            List<String> details,
            List<Verb> verbs,
            List<String> roles,
            String digest,
            boolean ofThisRun) {
        Draft showing(List<String> lines) {
            return new Draft(kind, subject, title, lines, verbs, roles, digest, ofThisRun);
        }

        Draft taking(List<Verb> answers) {
            return new Draft(kind, subject, title, details, answers, roles, digest, ofThisRun);
        }

        Draft of(List<String> asked) {
            return new Draft(kind, subject, title, details, verbs, asked, digest, ofThisRun);
        }

        /** Binds answers to what is shown, by its digest. */
        Draft boundTo(String shown) {
            return new Draft(kind, subject, title, details, verbs, roles, shown, ofThisRun);
        }

        /** The question, asked now; after that long its silence means what the words say. */
        Question within(Duration time, String silence) {
            Instant now = Waits.now();
            return new Question(
                    subject, kind, title, details, bound(now), verbs, roles, now, now.plus(time), silence, List.of());
        }

        /** The same words may be asked again, after another try or in another run; an answer is to the ones it saw. */
        private String bound(Instant now) {
            String run = Workflow.getInfo().getFirstExecutionRunId();
            return ofThisRun ? Sha256.hex(digest + "\n" + run + "\n" + now) : digest;
        }
    }

    /** Begins a question to all roles of a release's plan. */
    static Draft about(Course course, Question.Kind kind, String subject, String title) {
        boolean ofThisRun = course.edition().bindsTheRun();
        return new Draft(
                kind, subject, title, List.of(), List.of(), course.plan().roleIds(), "", ofThisRun);
    }

    /** The same question, asked anew for as long as before. */
    static Question again(Question question) {
        Instant deadline = question.deadline();
        Duration time = deadline == null ? Duration.ofHours(1) : Duration.between(question.askedAt(), deadline);
        return new Draft(
                        question.kind(),
                        question.subject(),
                        question.title(),
                        question.details(),
                        question.verbs(),
                        question.roles(),
                        question.digest(),
                        false)
                .within(time, question.onDeadline());
    }
}
