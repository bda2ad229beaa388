package io.longwatch.announce;

import io.longwatch.contract.ActionResult;

/**
 * Where an announcement stands.
 *
 * @param channel channel id
 * @param message the message's own id there
 * @param summary one line for people
 */
public record Posted(String channel, String message, String summary) implements ActionResult {}
