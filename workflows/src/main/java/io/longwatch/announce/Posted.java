package io.longwatch.announce;

import io.longwatch.contract.ActionResult;
import org.jspecify.annotations.Nullable;

/**
 * Where an announcement stands.
 *
 * @param channel channel id
 * @param message the message's own id there
 * @param summary one line for people
 * @param link address under which people open it, or null where nobody knows one
 */
public record Posted(
        String channel,
        String message,
        String summary,
        @Nullable String link) implements ActionResult {}
