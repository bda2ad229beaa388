package io.longwatch.actions.slack;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code slack.notify}. */
public record NotifyInput(
        @Field(value = "Channel by name or id; the app must be a member", example = "#biometric-bridge")
        String channel,

        @Field(value = "What to say, in Slack's mrkdwn, at most 12,000 characters", example = "v2.0 is live")
        String text,

        @Field(
                value = "Message id (ts) of the thread to post into; a new one by default",
                example = "1763683200.000100")
        @Nullable
        String thread,

        @ConnectionName("slack")
        @Field(value = "Connection of kind slack; the environment's only one by default", example = "slack")
        @Nullable
        String connection) {
    /** Longest text: what is longer belongs into the report. */
    public static final int LONGEST = 12_000;

    public NotifyInput {
        if (channel == null || channel.isBlank() || channel.equals("#")) {
            throw new IllegalArgumentException("channel '" + channel + "' is no channel; write #name or its id");
        }
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("text is empty; write what to say");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "text has " + text.length() + " characters; a message takes " + LONGEST + ", link to the rest");
        }
        if (thread != null && !thread.matches("\\d+\\.\\d+")) {
            throw new IllegalArgumentException("thread '" + thread
                    + "' is no message id; write the ts of its first message, as 1763683200.000100");
        }
    }
}
