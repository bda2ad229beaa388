package io.longwatch.sandbox.demo;

import io.longwatch.decision.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that someone typed: {@code VERB [as WHO] [REASON]}.
 *
 * @param verb what they say
 * @param who as whom, or null
 * @param reason in their words, or null
 */
record Saying(Verb verb, @Nullable String who, @Nullable String reason) {

    /** Reads a line; empty if its first word is no verb. */
    static Optional<Saying> read(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", -1)));
        Optional<Verb> verb = verb(words.remove(0));
        String who = null;
        if (words.size() > 1 && words.get(0).equals("as")) {
            who = words.get(1).toLowerCase(Locale.ROOT);
            words.subList(0, 2).clear();
        }
        String named = who;
        String reason = words.isEmpty() ? null : String.join(" ", words);
        return verb.map(known -> new Saying(known, named, reason));
    }

    private static Optional<Verb> verb(String word) {
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
