package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
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
     */
    record Draft(
            Question.Kind kind,
            String subject,
            String title,
            List<String> details,
            List<Verb> verbs,
            List<String> roles,
            String digest) {
        Draft showing(List<String> lines) {
            return new Draft(kind, subject, title, lines, verbs, roles, digest);
        }

        Draft taking(List<Verb> answers) {
            return new Draft(kind, subject, title, details, answers, roles, digest);
        }

        Draft of(List<String> asked) {
            return new Draft(kind, subject, title, details, verbs, asked, digest);
        }

        /** Binds answers to what is shown, by its digest. */
        Draft boundTo(String shown) {
            return new Draft(kind, subject, title, details, verbs, roles, shown);
        }

        /** The question, asked now; after that long its silence means what the words say. */
        Question within(Duration time, String silence) {
            Instant now = Waits.now();
            return new Question(
                    subject, kind, title, details, digest, verbs, roles, now, now.plus(time), silence, List.of());
        }
    }

    /** Begins a question to all roles of a plan. */
    static Draft about(ReleasePlan plan, Question.Kind kind, String subject, String title) {
        return new Draft(kind, subject, title, List.of(), List.of(), plan.roleIds(), "");
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
                        question.digest())
                .within(time, question.onDeadline());
    }
}
