package io.longwatch.announce;

import io.longwatch.decision.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell people. Posted once under its key; told again under the same key it replaces what stands there.
 *
 * @param key unique in the release: {@code release}, {@code question/<subject>/<when it was asked>}, {@code end}
 * @param channel channel of the release
 * @param thread thread to post into, or null to begin one
 * @param title headline
 * @param lines what follows, a line each
 * @param tone how it should look
 * @param question the open question it asks, with buttons, or null
 * @param workflowId workflow of the release, where answers go
 * @param settled how the question ended, in words, or null while it is open
 * @param calls roles whose people are called by it, besides those whom the question asks
 */
public record Announcement(
        String key,
        String channel,
        @Nullable Posted thread,
        String title,
        List<String> lines,
        Tone tone,
        @Nullable Question question,
        String workflowId,
        @Nullable String settled,
        List<String> calls) {
    /** How an announcement should look. */
    public enum Tone {
        NEUTRAL,
        GOOD,
        ATTENTION,
        BAD
    }

    public Announcement {
        lines = List.copyOf(lines);
        calls = calls == null ? List.of() : List.copyOf(calls);
    }
}
