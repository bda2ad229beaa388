package io.longwatch.activities.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands against a decision: its channel, its age, its proof. Answers in words, or null if nothing does. */
final class ProofCheck {
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    private final Proofs proofs;
    private final Clock clock;

    ProofCheck(Proofs proofs, Clock clock) {
        this.proofs = proofs;
        this.clock = clock;
    }

    /** What can be said before the person is known. */
    @Nullable
    String refusal(Decision decision) {
        if (decision.verb() == Verb.START) {
            if (!Channels.CLI.equals(decision.channel())) {
                return "a release is asked for on the command line, not by '" + decision.channel() + "'";
            }
        } else if (!proofs.channels().contains(decision.channel())) {
            return "decisions by '" + decision.channel() + "' do not count here; decide by "
                    + String.join(" or ", proofs.channels());
        }
        if (brokenLines(decision)) {
            return "its id, subject or person holds a line break, so its signature could cover something else";
        }
        return refusalByAge(decision.decidedAt());
    }

    private static boolean brokenLines(Decision decision) {
        return Stream.of(decision.id(), decision.release(), decision.subject(), decision.who(), decision.digest())
                .anyMatch(text -> text != null && text.chars().anyMatch(c -> c < ' '));
    }

    private @Nullable String refusalByAge(@Nullable Instant decidedAt) {
        if (decidedAt == null) {
            return "it does not say when it was made; decide again";
        }
        Instant now = clock.instant();
        if (decidedAt.isBefore(now.minus(OLDEST))) {
            return "it was made at " + decidedAt + ", more than 24 hours ago; decide again";
        }
        if (decidedAt.isAfter(now.plus(MOST_AHEAD))) {
            return "it was made at " + decidedAt + ", which is still to come (here it is " + now
                    + "); set the clock right and decide again";
        }
        return null;
    }

    /** Whether the proof is the person's. */
    @Nullable
    String refusalOf(Person person, Decision decision) {
        if (decision.proof() == null) {
            return "it carries no proof that it is " + person.name() + "'s; "
                    + (Channels.CLI.equals(decision.channel())
                            ? "sign it with their SSH key: --ssh-key FILE, or LONGWATCH_SSH_KEY"
                            : "decide by " + String.join(" or ", proofs.channels()));
        }
        return Channels.SLACK.equals(decision.channel())
                ? ofKeyedHash(decision)
                : ofSignature(person, decision, decision.proof());
    }

    private @Nullable String ofKeyedHash(Decision decision) {
        if (proofs.keyed() == null) {
            return "this worker has no key to check decisions from Slack; set proofs.key in its configuration";
        }
        return proofs.keyed().verify(decision) ? null : "its keyed hash is not that of this worker's Slack receiver";
    }

    private @Nullable String ofSignature(Person person, Decision decision, String proof) {
        SshPublicKey key = person.ssh();
        if (key == null) {
            return person.name() + " has no SSH key in the worker's configuration; "
                    + (decision.verb() == Verb.START ? "" : "decide in Slack or ") + "add people[].ssh";
        }
        try {
            boolean theirs =
                    SshSignature.parse(proof).isBy(key, decision.statement().getBytes(UTF_8));
            return theirs ? null : "its SSH signature is not one by " + person.name() + "'s key over this decision";
        } catch (IllegalArgumentException e) {
            return "its proof is no SSH signature; sign with: ssh-keygen -Y sign -n " + SshSignature.NAMESPACE;
        }
    }
}
