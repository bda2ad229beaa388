package io.longwatch.actions.slack;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** What stood in the channel before {@code slack.notify}. */
public record NotifyBefore(
        @Field(value = "Id of the channel", example = "C024BE91L")
        String channelId,

        @Field(value = "Id (ts) of this step's own message if it stands there already", example = "1700000000.000100")
        @Nullable
        String found) {}
