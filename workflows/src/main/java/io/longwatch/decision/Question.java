package io.longwatch.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open question to people.
 *
 * @param subject id of the gate, step, window or sign-off
 * @param kind what sort of question it is
 * @param title for people
 * @param details what they should know, a line each
 * @param digest digest of what is shown; a decision names it
 * @param verbs what may be answered
 * @param roles who may answer, any of them
 * @param askedAt when it was asked
 * @param deadline when silence becomes an answer
 * @param onDeadline what follows then, in words
 * @param answeredBy people whose answer counts so far, in the order they gave it
 */
public record Question(
        String subject,
        Kind kind,
        String title,
        List<String> details,
        String digest,
        List<Verb> verbs,
        List<String> roles,
        Instant askedAt,
        @Nullable Instant deadline,
        String onDeadline,
        List<String> answeredBy) {
    /** Sorts of questions. */
    public enum Kind {
        GATE,
        ITEM,
        CONFIRMATION,
        FAILED_STEP,
        WINDOW,
        SIGN_OFF,
        RESCHEDULE,
        ROLLBACK_STEP
    }

    public Question {
        details = List.copyOf(details);
        verbs = List.copyOf(verbs);
        roles = List.copyOf(roles);
        answeredBy = List.copyOf(answeredBy);
    }

    /** The same question, with the people whose answer counts so far. */
    public Question withAnswerOf(List<String> people) {
        return new Question(subject, kind, title, details, digest, verbs, roles, askedAt, deadline, onDeadline, people);
    }
}
