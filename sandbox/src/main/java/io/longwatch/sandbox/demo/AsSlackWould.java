package io.longwatch.sandbox.demo;

import io.longwatch.activities.decision.KeyedProof;
import io.longwatch.activities.decision.Person;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.starter.temporal.Decisions;
import io.longwatch.starter.temporal.FoundRelease;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends what is said at the terminal as the receiver of Slack would: in a person's name, with its keyed proof. */
final class AsSlackWould implements AskedPerson.Sender {
    private static final String UNSAID = "Seen in the demo; a link would stand here";

    private final FoundRelease release;
    private final Decisions decisions;
    private final KeyedProof proof;
    private final Clock clock;

    AsSlackWould(FoundRelease release, Decisions decisions, KeyedProof proof, Clock clock) {
        this.release = release;
        this.decisions = decisions;
        this.proof = proof;
        this.clock = clock;
    }

    @Override
    public String send(Person who, Verb verb, String subject, @Nullable String digest, @Nullable String reason) {
        boolean shows = verb == Verb.ATTEST || verb == Verb.CONFIRM;
        Decision decision = new Decision(
                "demo-" + UUID.randomUUID(),
                release.id(),
                subject,
                digest,
                verb,
                String.valueOf(who.slack()),
                "slack",
                clock.instant(),
                reason,
                shows ? Objects.requireNonNullElse(reason, UNSAID) : null,
                null,
                null);
        return decisions.send(release, proof.prove(decision)).message();
    }
}
