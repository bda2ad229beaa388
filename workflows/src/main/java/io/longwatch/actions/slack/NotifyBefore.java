package io.longwatch.actions.slack;

import org.jspecify.annotations.Nullable;

/**
 * What stood in the channel before {@code slack.notify}.
 *
 * @param channelId id of the channel
 * @param found id (ts) of this step's own message if it stands there already, else null
 */
public record NotifyBefore(String channelId, @Nullable String found) {}
