package io.longwatch.decision;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.longwatch.text.Bounded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided. Sent as an update with its id and, when that may not have arrived, as a signal with the same
 * id: it counts once. Each field has a limit ({@link #tooLarge}), since a decision stays in the history for good.
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

    /** Channel of what is said at the command line. */
    public static final String CLI = "cli";

    /** Most characters of a reason. */
    public static final int LONGEST_REASON = 2_000;

    /** Most characters of evidence. */
    public static final int LONGEST_EVIDENCE = 4_000;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PROOF = 8_000;
    private static final int LONGEST_REFUSED = 200;

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
        return statementAt(decidedAt);
    }

    private String statementAt(@Nullable Instant at) {
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
                "decidedAt: " + at,
                "reason: " + oneLine(reason),
                "evidence: " + oneLine(evidence),
                "argument: " + oneLine(argument));
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** Which field holds more than it may, in words; empty if none does. */
    public Optional<String> tooLarge() {
        return limits().entrySet().stream()
                .filter(limit -> length(limit.getKey()) > limit.getValue())
                .map(limit -> "its " + limit.getKey() + " has " + length(limit.getKey()) + " characters; at most "
                        + limit.getValue() + " are kept, so give a link to the rest")
                .findFirst();
    }

    private static Map<String, Integer> limits() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        for (String name : new String[] {"id", "release", "subject", "digest", "who", "channel", "argument"}) {
            limits.put(name, LONGEST_NAME);
        }
        limits.put("reason", LONGEST_REASON);
        limits.put("evidence", LONGEST_EVIDENCE);
        limits.put("proof", LONGEST_PROOF);
        return limits;
    }

    private int length(String field) {
        String text = switch (field) {
            case "id" -> id;
            case "release" -> release;
            case "subject" -> subject;
            case "digest" -> digest;
            case "who" -> who;
            case "channel" -> channel;
            case "argument" -> argument;
            case "reason" -> reason;
            case "evidence" -> evidence;
            default -> proof;
        };
        return text == null ? 0 : text.length();
    }

    /** As a refused one is kept: its texts cut, without its proof. */
    public Decision shortened() {
        return new Decision(
                cut(id),
                cut(release),
                cut(subject),
                cutOrNull(digest),
                verb,
                cut(who),
                cut(channel),
                decidedAt,
                cutOrNull(reason),
                cutOrNull(evidence),
                cutOrNull(argument),
                null);
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }

    private static String cut(String text) {
        return Bounded.cut(text, LONGEST_REFUSED);
    }

    /** Whether it says the same, whenever it was made and whatever proves it. */
    public boolean saysSameAs(Decision other) {
        return statementAt(null).equals(other.statementAt(null));
    }

    /** The same decision with a proof. */
    public Decision withProof(String newProof) {
        return new Decision(
                id, release, subject, digest, verb, who, channel, decidedAt, reason, evidence, argument, newProof);
    }
}
