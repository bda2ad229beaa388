package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.contract.Failures;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what, when, and how often. */
@Timeout(180)
class TellingTest {
    private static final Posted POSTED = new Posted("C1", "1.1", "posted", null);
    private static final String TWO = "approvals: [{role: manager, count: 2}], deadline: 5h";

    @Test
    void aCardThatCouldNotBePostedIsPostedWhenItCanBe() {
        // Given
        AtomicBoolean down = new AtomicBoolean(true);
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.world.on("announce.post", () -> {
                if (down.get()) {
                    throw Failures.unavailable("Slack is down", null);
                }
                return POSTED;
            });
            trial.awaitQuestion("go");
            trial.pass(Duration.ofMinutes(5));
            assertThat(trial.record().timeline())
                    .extracting("text")
                    .anySatisfy(text -> assertThat(text.toString()).startsWith("nobody has been told of 'go' so far"));
            int before = trial.events();
            down.set(false);
            trial.world.announcements.clear();

            // When
            trial.pass(Duration.ofMinutes(15));

            // Then
            assertThat(asking(trial)).hasSize(1);
            assertThat(trial.eventsFrom(before)).hasSizeLessThanOrEqualTo(12);
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
            assertThat(asking(trial).get(asking(trial).size() - 1).settled()).startsWith("reject by Person bob");
        }
    }

    @Test
    void aQuestionThatIsSettledBeforeItsCardCouldBePostedEndsTheTrying() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.world.on("announce.post", () -> {
                throw Failures.unavailable("Slack is down", null);
            });
            trial.awaitQuestion("go");
            trial.pass(Duration.ofMinutes(5));

            // When
            trial.decide(Verb.REJECT, "go", "bob");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
        }
    }

    @Test
    void aCardShowsWhoHasApprovedAndThenHowItEnded() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.world.on("announce.post", () -> POSTED).on("announce.update", () -> POSTED);
            trial.awaitQuestion("go");
            trial.pass(Duration.ofMinutes(1));
            int before = trial.events();
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.pass(Duration.ofMinutes(1));
            assertThat(trial.eventsFrom(before)).hasSizeLessThanOrEqualTo(12);

            // When
            trial.decide(Verb.APPROVE, "go", "bob");

            // Then
            trial.finish();
            List<Announcement> cards = asking(trial);
            assertThat(cards).hasSize(3);
            assertThat(cards.get(1).question().answeredBy()).containsExactly("Person ada");
            assertThat(cards.get(1).settled()).isNull();
            assertThat(cards.get(2).settled()).startsWith("approve by Person ada, Person bob");
        }
    }

    @Test
    void silenceIsEscalatedAtHalfOfTheDeadlineAndAtItsEndByName() {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], deadline: 2h, escalateTo: engineer");
        String head =
                "contacts: [{name: Eve, role: engineer, reach: +49 30 1}, {name: Max, role: manager, reach: none}]";
        try (Trial trial = Trial.now(of(head, phase("deploy", "T", gate, read("a")), "", ""))) {
            // When
            trial.finish();

            // Then
            List<Announcement> calls = calling(trial);
            assertThat(calls).extracting(Announcement::title).containsExactly("Still unanswered: go", "Unanswered: go");
            assertThat(calls).allSatisfy(call -> {
                assertThat(call.calls()).containsExactly("engineer");
                assertThat(call.lines())
                        .contains("Contact: Eve (engineer): +49 30 1")
                        .hasSize(2);
            });
        }
    }

    @Test
    void aGateThatStaysHeldCallsThoseWhoAreAskedWithEveryRound() {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], deadline: 1h, onDeadline: hold, escalateTo: engineer");
        try (Trial trial = Trial.now(deploying(gate, read("a")))) {
            // When
            trial.pass(Duration.ofMinutes(150));

            // Then
            assertThat(calling(trial))
                    .filteredOn(call -> call.title().startsWith("Overdue"))
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.calls()).containsExactly("manager", "engineer"));
            trial.decide(Verb.REJECT, "go", "ada");
            trial.finish();
        }
    }

    @Test
    void aPausedReleaseIsRememberedAgainAndAgainAtGrowingIntervals() {
        // Given
        try (Trial trial = Trial.of(deploying(read("a"), scale("b")))) {
            trial.pass(Duration.ofMinutes(1));
            trial.say(Verb.PAUSE);

            // When
            trial.pass(Duration.ofHours(80));

            // Then
            assertThat(calling(trial))
                    .extracting(Announcement::title)
                    .containsExactly(
                            "Still waiting after 4h",
                            "Still waiting after 12h",
                            "Still waiting after 28h",
                            "Still waiting after 52h",
                            "Still waiting after 3d4h");
            trial.say(Verb.RESUME);
            trial.say(Verb.ABORT);
            trial.finish();
        }
    }

    private static List<Announcement> asking(Trial trial) {
        return trial.world.announcements.stream()
                .filter(told -> told.question() != null)
                .toList();
    }

    private static List<Announcement> calling(Trial trial) {
        return trial.world.announcements.stream()
                .filter(told -> !told.calls().isEmpty())
                .toList();
    }
}
