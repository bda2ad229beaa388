package io.longwatch.worker.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.activities.announce.Answer;
import io.longwatch.activities.decision.Channels;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.text.Sha256;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A button that someone pressed on a card.
 *
 * @param answer what it stands for
 * @param user Slack user id of who pressed it
 * @param channel channel of the card
 * @param message message id of the card
 * @param thread thread it stands in, or null
 */
record Press(
        Answer answer,
        String user,
        String channel,
        String message,
        @Nullable String thread) {

    /**
     * The decision, without its proof. The same press, delivered again, is the same decision; another press is another.
     *
     * @param act by what Slack tells this press from others: the time of the button's, the id of the dialog that was sent
     */
    Decision decision(Instant now, String act, @Nullable Words words) {
        return new Decision(
                id(act, words),
                answer.release(),
                answer.subject(),
                answer.digest(),
                answer.verb(),
                user,
                Channels.SLACK,
                now,
                words == null ? null : words.reason(),
                words == null ? null : words.evidence(),
                words == null ? null : words.argument(),
                null);
    }

    private String id(String act, @Nullable Words words) {
        String what = String.join(
                "\n",
                answer.release(),
                answer.subject(),
                answer.digest(),
                answer.verb().word(),
                user,
                channel,
                message,
                act,
                words == null ? "" : words.text());
        return "slack-" + HexFormat.of().formatHex(Sha256.of(what.getBytes(UTF_8)), 0, 16);
    }

    /** To travel through a dialog. */
    String toJson() {
        try {
            return Json.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a press cannot be written", e);
        }
    }

    static Press ofJson(String json) {
        try {
            return Json.mapper().readValue(json, Press.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this dialog is not one of Longwatch's", e);
        }
    }

    /**
     * What a person wrote in the dialog, one of them.
     *
     * @param reason why
     * @param evidence what they show for it
     * @param argument new time or duration
     */
    record Words(
            @Nullable String reason,
            @Nullable String evidence,
            @Nullable String argument) {
        String text() {
            return Stream.of(reason, evidence, argument)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }
    }
}
