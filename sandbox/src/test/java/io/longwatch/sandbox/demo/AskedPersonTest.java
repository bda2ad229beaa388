package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.decision.Person;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.view.PlainScreen;
import io.longwatch.starter.view.Style;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AskedPersonTest {
    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");
    private static final List<Person> PEOPLE = List.of(
            new Person("Robin Vale", "robin", List.of("release-manager"), "UROBIN", null),
            new Person("Sasha Orr", "sasha", List.of("lead"), "USASHA", null));

    private final StringWriter out = new StringWriter();
    private final List<String> sent = new ArrayList<>();

    private AskedPerson typing(String... lines) {
        return new AskedPerson(
                TypedLines.of(new StringReader(String.join("\n", lines) + "\n")),
                new PrintWriter(out, true),
                PEOPLE,
                (who, verb, subject, digest, reason) -> {
                    if (verb == Verb.REJECT) {
                        throw CommandFailed.refused("refused: four eyes", null);
                    }
                    sent.add(who.id() + " " + verb.word() + " " + subject + " " + digest + " " + reason);
                    return "counted";
                });
    }

    private static Question gate() {
        return new Question(
                "go",
                Question.Kind.GATE,
                "Deploy?",
                List.of("all green"),
                "abc",
                List.of(Verb.APPROVE, Verb.REJECT),
                List.of("lead"),
                NOW,
                NOW.plusSeconds(60),
                "the release is aborted",
                List.of());
    }

    private static ReleaseRecord record(ReleaseState state, Question... questions) {
        return new ReleaseRecord(
                "r-1",
                "s",
                "production",
                "Bridge",
                state,
                state == ReleaseState.HELD ? "paused by robin" : null,
                "demo",
                "digest",
                Map.of(),
                false,
                NOW,
                NOW,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(questions),
                List.of(),
                Map.of(),
                List.of(),
                null);
    }

    /** Lets the person answer until nothing is typed any more that makes the release stand still. */
    private void ask(AskedPerson person, ReleaseRecord record, int lines) {
        for (int i = 0; i < lines; i++) {
            person.answer(record);
        }
    }

    @Test
    void whoMayAnswerDoesSoInTheirOwnNameUnlessAnotherIsNamed() {
        // Given
        AskedPerson person = typing("approve looks good", "approve as robin me too");

        // When
        ask(person, record(ReleaseState.AWAITING_DECISION, gate()), 2);

        // Then
        assertThat(sent).containsExactly("sasha approve go abc looks good", "robin approve go abc me too");
        assertThat(out.toString()).contains("Deploy?", "all green", "may answer: sasha (lead)", "counted");
    }

    @Test
    void whatIsNoAnswerIsAskedAgain() {
        // Given
        AskedPerson person = typing("aprove", "sign", "approve as nobody", "reject", "approve");

        // When
        ask(person, record(ReleaseState.AWAITING_DECISION, gate()), 5);

        // Then
        assertThat(sent).containsExactly("sasha approve go abc null");
        assertThat(out.toString())
                .contains("'aprove' is no answer here; write approve, reject, abort")
                .contains("'sign' is no answer here")
                .contains("nobody here is 'nobody'; there are robin, sasha")
                .contains("refused: four eyes");
    }

    @Test
    void abortAndRollbackAreSaidToTheReleaseAlsoAtAGate() {
        // Given
        AskedPerson person = typing("rollback as sasha odd figures");

        // When
        ask(person, record(ReleaseState.AWAITING_DECISION, gate()), 1);

        // Then
        assertThat(sent).containsExactly("sasha rollback release null odd figures");
    }

    @Test
    void aReleaseOnHoldStandsStillUntilSomeoneSaysSo() {
        // Given
        AskedPerson person = typing("resume");

        // When
        boolean spoke = person.answer(record(ReleaseState.HELD));

        // Then
        assertThat(spoke).isTrue();
        assertThat(sent).containsExactly("robin resume release null null");
    }

    @Test
    void waitLetsTimePass() {
        // Given
        AskedPerson person = typing("wait");

        // When
        boolean spoke = person.answer(record(ReleaseState.AWAITING_DECISION, gate()));

        // Then
        assertThat(spoke).isFalse();
        assertThat(sent).isEmpty();
    }

    @Test
    void whenTheInputEndsTheReleaseIsAborted() {
        // Given
        AskedPerson person = typing("wait");

        // When
        ask(person, record(ReleaseState.AWAITING_DECISION, gate()), 3);

        // Then
        assertThat(sent).containsExactly("robin abort release null the input has ended");
    }

    @Test
    void aRollbackTypedAtOnceTakesARealReleaseBack() throws Exception {
        // Given
        PrintWriter writer = new PrintWriter(out, true);
        TypedLines typed = TypedLines.of(new StringReader("rollback as sasha I want to see it\n"));
        try (Demo demo = Demo.start(Scenario.NONE)) {
            LoadedPlan.Loaded plan =
                    (LoadedPlan.Loaded) PlanFolder.of(Path.of("../plans/auren-biometric-bridge/plan.yaml"))
                            .load(Contracts.catalog(), demo.parameters(), PlanLoader.Mode.FOR_START);

            // When
            ReleaseRecord record = demo.ask(
                    plan.plan(),
                    plan.parameters(),
                    new PlainScreen(writer, new Style(100, false, false)),
                    typed,
                    writer);

            // Then
            assertThat(record.state()).as(out.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.reason()).contains("Sasha Orr", "I want to see it");
        }
    }
}
