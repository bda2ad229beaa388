package io.longwatch.release;

import io.longwatch.decision.Verb;
import org.jspecify.annotations.Nullable;

/**
 * How a question ended.
 *
 * @param verb what was answered, or null when the deadline passed in silence
 * @param by who answered
 * @param reason in words
 * @param evidence what they showed, or null
 * @param argument of the verb, or null
 */
record Answer(
        @Nullable Verb verb,
        String by,
        @Nullable String reason,
        @Nullable String evidence,
        @Nullable String argument) {
    static Answer of(Vote vote) {
        return new Answer(vote.verb(), vote.person(), vote.reason(), vote.evidence(), vote.argument());
    }

    static Answer silence() {
        return new Answer(null, "nobody", "no answer by the deadline", null, null);
    }

    boolean is(Verb wanted) {
        return verb == wanted;
    }

    /** "approve by Ada, Grace". */
    String inWords() {
        return verb == null
                ? "no answer by the deadline"
                : verb.word() + " by " + by + (reason == null ? "" : ": " + reason);
    }
}
