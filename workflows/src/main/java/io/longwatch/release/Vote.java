package io.longwatch.release;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Verb;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer that counts.
 *
 * @param person who gave it, by their name in the worker's configuration
 * @param id the same, by their id there: two votes with one id are one person's, whatever channel they came by
 * @param roles roles they held when they did
 * @param verb what they said
 * @param reason why, or null
 * @param evidence what they showed, or null
 * @param argument of the verb, or null
 */
record Vote(
        String person,
        String id,
        List<String> roles,
        Verb verb,
        @Nullable String reason,
        @Nullable String evidence,
        @Nullable String argument) {
    /** The vote of a decision that was judged authentic; a judgement of an earlier build knows people by name alone. */
    static Vote of(Decision decision, Judgement judgement) {
        String person = String.valueOf(judgement.person());
        return new Vote(
                person,
                Objects.requireNonNullElse(judgement.id(), person),
                judgement.roles(),
                decision.verb(),
                decision.reason(),
                decision.evidence(),
                decision.argument());
    }

    /** Who gave them, in the order they did. */
    static List<String> people(List<Vote> votes) {
        return votes.stream().map(Vote::person).toList();
    }

    /** "reject by Ada: too slow". */
    String inWords() {
        return verb.word() + " by " + person + (reason == null ? "" : ": " + reason);
    }
}
