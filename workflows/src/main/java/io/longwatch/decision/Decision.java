package io.longwatch.decision;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided. Sent as an update with its id and, when that may not have arrived, as a signal with the same
 * id: it counts once.
 *
 * @param id unique; makes a repeat harmless
 * @param release release id it speaks of
 * @param subject id of the gate, step, window or sign-off, or {@link #RELEASE} for the release as a whole
 * @param digest digest of what the person was shown, or null for what is said to the release
 * @param verb what was decided
 * @param who the person, as the channel knows them: a login, a Slack user id
 * @param channel {@code cli}, {@code slack}, or another that the worker trusts
 * @param decidedAt when, by the channel's clock
 * @param reason in the person's words, or null
 * @param evidence what the person shows for it: a link, a text, or null
 * @param argument new deployment time of a reschedule, duration of an extension or a hold, or null
 * @param proof what shows that it is theirs: a keyed hash, a signature; null where the worker trusts the namespace
 */
public record Decision(
        String id,
        String release,
        String subject,
        @Nullable String digest,
        Verb verb,
        String who,
        String channel,
        Instant decidedAt,
        @Nullable String reason,
        @Nullable String evidence,
        @Nullable String argument,
        @Nullable String proof) {
    /** Subject of what is said to the release as a whole. */
    public static final String RELEASE = "release";

    public Decision {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(channel, "channel");
    }

    /** The text that a proof covers: every field but the proof, a line each. */
    @JsonIgnore
    public String statement() {
        return String.join(
                "\n",
                "longwatch decision 1",
                "id: " + id,
                "release: " + release,
                "subject: " + subject,
                "digest: " + Objects.requireNonNullElse(digest, ""),
                "verb: " + verb.word(),
                "who: " + who,
                "channel: " + channel,
                "decidedAt: " + decidedAt,
                "reason: " + oneLine(reason),
                "evidence: " + oneLine(evidence),
                "argument: " + oneLine(argument));
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** The same decision with a proof. */
    public Decision withProof(String newProof) {
        return new Decision(
                id, release, subject, digest, verb, who, channel, decidedAt, reason, evidence, argument, newProof);
    }
}
