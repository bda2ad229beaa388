package io.longwatch.activities.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionActionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "go");
    private static final Person ADA = new Person("Ada Lovelace", "ada", List.of("release-manager"), "U123", null);
    private static final Person BOB = new Person("Bob", "bob", List.of("on-call"), "U456", null);

    @TempDir
    Path folder;

    private KeyedProof receiver;
    private DecisionActions actions;

    @BeforeEach
    void configure() throws IOException {
        receiver = keyed("k".repeat(32));
        actions = judgeWith(List.of(ADA, BOB), List.of(Channels.SLACK, Channels.CLI));
    }

    @Test
    void aDecisionFromSlackIsThePersonsWhoseUserIdItCarries() {
        // When
        Judgement judgement = actions.judge(STEP, receiver.prove(approval("U123", NOW)));

        // Then
        assertThat(judgement.authentic()).isTrue();
        assertThat(judgement.person()).isEqualTo("Ada Lovelace");
        assertThat(judgement.mayAct(List.of("release-manager"))).isTrue();
    }

    @Test
    void aPersonWithoutTheRoleIsAuthenticButMayNotAct() {
        // When
        Judgement judgement = actions.judge(STEP, receiver.prove(approval("U456", NOW)));

        // Then
        assertThat(judgement.authentic()).isTrue();
        assertThat(judgement.mayAct(List.of("release-manager"))).isFalse();
    }

    @Test
    void aHashByAnotherKeyIsForged() throws IOException {
        // Given
        var forger = keyed("x".repeat(32));

        // When
        Judgement judgement = actions.judge(STEP, forger.prove(approval("U123", NOW)));

        // Then
        assertRefused(judgement, "keyed hash");
    }

    @Test
    void everyFieldIsCoveredByTheProof() {
        // Given
        Decision good = receiver.prove(approval("U123", NOW));
        List<UnaryOperator<Decision>> changes = List.of(
                d -> copy(d, "other", d.subject(), d.digest(), d.verb(), d.who(), d.decidedAt(), d.reason()),
                d -> copy(d, d.id(), "other", d.digest(), d.verb(), d.who(), d.decidedAt(), d.reason()),
                d -> copy(d, d.id(), d.subject(), "other", d.verb(), d.who(), d.decidedAt(), d.reason()),
                d -> copy(d, d.id(), d.subject(), d.digest(), Verb.REJECT, d.who(), d.decidedAt(), d.reason()),
                d -> copy(d, d.id(), d.subject(), d.digest(), d.verb(), "U456", d.decidedAt(), d.reason()),
                d -> copy(d, d.id(), d.subject(), d.digest(), d.verb(), d.who(), NOW.minusSeconds(1), d.reason()),
                d -> copy(d, d.id(), d.subject(), d.digest(), d.verb(), d.who(), d.decidedAt(), "other"));

        for (UnaryOperator<Decision> change : changes) {
            // When
            Judgement judgement = actions.judge(STEP, change.apply(good));

            // Then
            assertRefused(judgement, "keyed hash");
        }
    }

    @Test
    void aProofReplayedForAnotherReleaseIsRefused() {
        // When
        Judgement judgement = actions.judge(
                new StepRef("bridge-production-20261122-1", "production", "go"), receiver.prove(approval("U123", NOW)));

        // Then
        assertRefused(judgement, "it speaks of release bridge-production-20261121-1");
    }

    @Test
    void aDecisionOlderThanADayIsRefused() {
        // When
        Judgement judgement = actions.judge(
                STEP,
                receiver.prove(approval("U123", NOW.minus(Duration.ofHours(24)).minusSeconds(1))));

        // Then
        assertRefused(judgement, "more than 24 hours ago");
    }

    @Test
    void aDecisionFromTheFutureIsRefusedButClocksMayDifferByMinutes() {
        // When
        Judgement near = actions.judge(STEP, receiver.prove(approval("U123", NOW.plusSeconds(240))));
        Judgement far = actions.judge(STEP, receiver.prove(approval("U123", NOW.plusSeconds(360))));

        // Then
        assertThat(near.authentic()).isTrue();
        assertRefused(far, "still to come");
    }

    @Test
    void anUnknownPersonIsRefusedByName() {
        // When
        Judgement judgement = actions.judge(STEP, receiver.prove(approval("U999", NOW)));

        // Then
        assertRefused(judgement, "'U999' on slack");
        assertThat(judgement.person()).isNull();
    }

    @Test
    void aDecisionWithoutProofIsRefused() {
        // When
        Judgement judgement = actions.judge(STEP, approval("U123", NOW));

        // Then
        assertRefused(judgement, "no proof");
    }

    @Test
    void aChannelThatDoesNotCountHereIsRefused() {
        // Given
        var slackOnly = judgeWith(List.of(ADA), List.of(Channels.SLACK));

        // When
        Judgement judgement = slackOnly.judge(STEP, onChannel("cli", "ada"));

        // Then
        assertRefused(judgement, "decisions by 'cli' do not count here; decide by slack");
    }

    @Test
    void aLineBreakInAnIdIsRefusedSinceTheStatementIsMadeOfLines() {
        // Given
        Decision good = approval("U123", NOW);
        Decision broken =
                copy(good, "1\nrelease: x", good.subject(), good.digest(), good.verb(), good.who(), NOW, good.reason());

        // When
        Judgement judgement = actions.judge(STEP, receiver.prove(broken));

        // Then
        assertRefused(judgement, "line break");
    }

    @Test
    void aPersonHasOneIdWhateverTheChannel() {
        // When
        Judgement judgement = actions.judge(STEP, receiver.prove(approval("U123", NOW)));

        // Then
        assertThat(judgement.id()).isEqualTo("ada");
    }

    @Test
    void aReleaseIsAskedForOnTheCommandLineEvenWherePeopleDecideInSlack() {
        // Given
        var slackOnly = judgeWith(List.of(ADA), List.of(Channels.SLACK));

        // When
        Judgement unproven = slackOnly.judge(STEP, start("cli", "ada"));
        Judgement inSlack = slackOnly.judge(STEP, receiver.prove(start("slack", "U123")));

        // Then
        assertRefused(
                unproven,
                "it carries no proof that it is Ada Lovelace's; sign it with their SSH key: --ssh-key FILE, or LONGWATCH_SSH_KEY");
        assertRefused(inSlack, "a release is asked for on the command line");
    }

    @Test
    void withoutPeopleTheNamespaceIsTrusted() {
        // Given
        var trusting = judgeWith(List.of(), List.of());

        // When
        Judgement judgement = trusting.judge(STEP, onChannel("cli", "someone"));

        // Then
        assertThat(judgement.trust()).isEqualTo(Judgement.NAMESPACE);
        assertThat(judgement.person()).isEqualTo("someone");
        assertThat(judgement.mayAct(List.of("release-manager"))).isTrue();
    }

    @Test
    void aKeyTooShortToProveAnythingIsRefusedBeforeItIsUsed() throws IOException {
        // Given
        var weak = keyed("short");

        // When / Then
        assertThatThrownBy(() -> weak.prove(approval("U123", NOW)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("openssl rand -hex 32")
                .hasMessageNotContaining("'short'");
    }

    @Test
    void twoPeopleWithOneSlackUserAreRefused() {
        // When / Then
        assertThatThrownBy(() -> new People(List.of(ADA, new Person("Eve", "eve", List.of(), "U123", null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slack 'U123'")
                .hasMessageContaining("Ada Lovelace and Eve");
    }

    @Test
    void allThatPeopleShareIsToldAtOnce() {
        // Given
        Person again = new Person("Ada Lovelace", "ada", List.of(), "U789", null);
        Person eve = new Person("Eve", "eve", List.of(), "U456", null);

        // When / Then
        assertThatThrownBy(() -> new People(List.of(ADA, BOB, again, eve))).hasMessage("""
                        people: name 'Ada Lovelace' stands at Ada Lovelace and Ada Lovelace
                        people: id 'ada' stands at Ada Lovelace and Ada Lovelace
                        people: slack 'U456' stands at Bob and Eve""");
    }

    @Test
    void someoneWithNeitherSlackNorAKeyIsRefused() {
        // When / Then
        assertThatThrownBy(() -> new Person("Eve", "eve", List.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("person 'Eve' has neither slack nor ssh and could never decide");
    }

    private static void assertRefused(Judgement judgement, String words) {
        assertThat(judgement.authentic()).isFalse();
        assertThat(judgement.refusal()).contains(words);
        assertThat(judgement.mayAct(List.of())).isFalse();
    }

    private DecisionActions judgeWith(List<Person> people, List<String> channels) {
        return new DecisionActions(
                new People(people), new Proofs(receiver, channels), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private KeyedProof keyed(String key) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "key", ""), key);
        return new KeyedProof(Secret.ofFile(file));
    }

    private static Decision approval(String who, Instant at) {
        return new Decision(
                "slack-1", STEP.release(), "go", "sha256:1", Verb.APPROVE, who, "slack", at, "fine", null, null, null);
    }

    private static Decision onChannel(String channel, String who) {
        return new Decision(
                "1", STEP.release(), "go", "sha256:1", Verb.APPROVE, who, channel, NOW, null, null, null, null);
    }

    private static Decision start(String channel, String who) {
        return new Decision(
                "1", STEP.release(), "release", "sha256:1", Verb.START, who, channel, NOW, null, null, null, null);
    }

    private static Decision copy(
            Decision d, String id, String subject, String digest, Verb verb, String who, Instant at, String reason) {
        return new Decision(
                id, d.release(), subject, digest, verb, who, d.channel(), at, reason, null, null, d.proof());
    }
}
