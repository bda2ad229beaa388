package io.longwatch.release;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that counts.
 *
 * @param person who gave it, by the worker's configuration
 * @param roles roles they held when they did
 * @param verb what they said
 * @param reason why, or null
 * @param evidence what they showed, or null
 * @param argument of the verb, or null
 */
record Vote(
        String person,
        List<String> roles,
        Verb verb,
        @Nullable String reason,
        @Nullable String evidence,
        @Nullable String argument) {
    static Vote of(Decision decision, String person, List<String> roles) {
        return new Vote(person, roles, decision.verb(), decision.reason(), decision.evidence(), decision.argument());
    }

    /** "Ada rejected: too slow". */
    String inWords() {
        return verb.word() + " by " + person + (reason == null ? "" : ": " + reason);
    }
}
