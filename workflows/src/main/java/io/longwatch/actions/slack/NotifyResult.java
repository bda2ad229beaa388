package io.longwatch.actions.slack;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code slack.notify}. */
public record NotifyResult(
        @Field(value = "Id of the channel", example = "C024BE91L")
        String channelId,

        @Field(value = "Id (ts) of the message, also of its thread", example = "1763683200.000100")
        String message,

        @Field(value = "Whether an earlier attempt had posted it", example = "false")
        boolean alreadyThere,

        @Field(value = "Where it was posted", example = "posted to #biometric-bridge")
        String summary)
        implements ActionResult {}
