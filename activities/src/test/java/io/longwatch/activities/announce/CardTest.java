package io.longwatch.activities.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.util.json.GsonFactory;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Person;
import io.longwatch.announce.Announcement;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Cards as the JSON that Slack receives. */
class CardTest {
    private static final String RELEASE = "bridge-production-20261121-1";
    private static final Instant DEADLINE = Instant.parse("2026-11-21T11:00:00Z");
    private static final People PEOPLE = new People(List.of(
            new Person("Ada Lovelace", "ada", List.of("release-manager"), "U123", null),
            new Person("Bob", "bob", List.of("on-call"), "U456", null)));

    @Test
    void anOpenGateSaysWhoIsAskedUntilWhenAndWhatSilenceMeans() {
        // When
        JsonNode blocks = render(gate("go", List.of("Image sha256:1f2e"), Verb.APPROVE, Verb.REJECT), null);

        // Then
        assertThat(types(blocks))
                .containsExactly("header", "section", "section", "section", "context", "actions", "context");
        assertThat(blocks.at("/0/text/text").asText()).isEqualTo(":warning: Deploy the first node?");
        assertThat(blocks.at("/2/text/text").asText()).isEqualTo("Image sha256:1f2e");
        assertThat(blocks.at("/3/text/text").asText()).isEqualTo("*Asked:* release-manager (<@U123>)");
        assertThat(blocks.at("/4/elements/0/text").asText())
                .isEqualTo("Until <!date^1795258800^{date_short_pretty} at {time}|2026-11-21 11:00 UTC>;"
                        + " without an answer: the release is aborted.");
    }

    @Test
    void buttonsCarryWhatTheyAnswer() throws JsonProcessingException {
        // When
        JsonNode buttons =
                render(gate("go", List.of(), Verb.APPROVE, Verb.REJECT), null).at("/4/elements");

        // Then
        assertThat(buttons).hasSize(2);
        JsonNode approve = buttons.get(0);
        assertThat(approve.get("action_id").asText()).isEqualTo("longwatch.answer.approve");
        assertThat(approve.get("style").asText()).isEqualTo("primary");
        assertThat(approve.has("confirm")).isFalse();
        assertThat(Json.mapper().readTree(approve.get("value").asText()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"release\":\"" + RELEASE + "\",\"workflowId\":\"release/bridge/production\","
                                + "\"subject\":\"go\",\"digest\":\"sha256:d\",\"verb\":\"APPROVE\"}"));
        JsonNode reject = buttons.get(1);
        assertThat(reject.get("style").asText()).isEqualTo("danger");
        assertThat(reject.at("/confirm/text/text").asText()).isEqualTo("reject: Deploy the first node?");
    }

    @Test
    void aCallMentionsThoseWhoHoldTheRole() {
        // When
        JsonNode blocks = json(new Announcement(
                "overdue/go/2",
                "#bridge",
                null,
                "Overdue: go",
                List.of("The deadline has passed."),
                Announcement.Tone.BAD,
                null,
                "release/bridge/production",
                null,
                List.of("on-call", "lead")));

        // Then
        assertThat(blocks.at("/2/text/text").asText()).isEqualTo("*Called:* on-call or lead (<@U456>)");
    }

    @Test
    void aSettledCardHasItsOutcomeAndNoButtons() {
        // When
        JsonNode blocks = render(
                gate("go", List.of(), Verb.APPROVE),
                "Approved by Ada Lovelace at 10:05 UTC. The first node is deployed.");

        // Then
        assertThat(types(blocks)).doesNotContain("actions");
        assertThat(blocks.at("/3/text/text").asText()).startsWith("Approved by Ada Lovelace");
    }

    @Test
    void whatAMachineFoundCannotMentionAnyone() {
        // When
        JsonNode blocks = render(gate("go", List.of("a < b & <!channel>"), Verb.APPROVE), null);

        // Then
        assertThat(blocks.at("/2/text/text").asText()).isEqualTo("a &lt; b &amp; &lt;!channel&gt;");
    }

    @Test
    void aCardOfAnySizeStaysWithinSlacksLimits() {
        // Given
        List<String> many = IntStream.range(0, 900)
                .mapToObj(n -> "<" + n + "> " + "&".repeat(n * 4 % 7000))
                .toList();
        var question = gate("go", many, Verb.values());
        var announcement = new Announcement(
                "question/go/1",
                "#bridge",
                null,
                "title ".repeat(100),
                many,
                Announcement.Tone.BAD,
                question,
                "release/bridge/production",
                null,
                List.of());

        // When
        JsonNode blocks = json(announcement);

        // Then
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        assertThat(blocks.at("/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
        StreamSupport.stream(blocks.spliterator(), false)
                .filter(block -> "section".equals(block.get("type").asText()))
                .forEach(block -> assertThat(block.at("/text/text").asText())
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(3000)
                        .doesNotEndWith("&am"));
    }

    @Test
    void aValueThatSlackWouldNotTakeNamesTheStep() {
        // Given
        Question question = gate("x".repeat(2000), List.of(), Verb.APPROVE);

        // When / Then
        assertThatThrownBy(() -> render(question, null)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(Failures.INVALID);
            assertThat(failure.getOriginalMessage()).contains("Slack takes 2000");
        });
    }

    private static JsonNode render(Question question, String settled) {
        return json(new Announcement(
                "question/go/1",
                "#bridge",
                null,
                question.title(),
                List.of("Phase deploy"),
                Announcement.Tone.ATTENTION,
                question,
                "release/bridge/production",
                settled,
                List.of()));
    }

    private static JsonNode json(Announcement announcement) {
        String json = GsonFactory.createSnakeCase()
                .toJson(new Card(RELEASE, announcement, PEOPLE).message().blocks());
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> types(JsonNode blocks) {
        return blocks.findValuesAsText("type").isEmpty()
                ? Collections.emptyList()
                : StreamSupport.stream(blocks.spliterator(), false)
                        .map(block -> block.get("type").asText())
                        .toList();
    }

    private static Question gate(String subject, List<String> details, Verb... verbs) {
        return new Question(
                subject,
                Question.Kind.GATE,
                "Deploy the first node?",
                details,
                "sha256:d",
                List.of(verbs),
                List.of("release-manager"),
                Instant.parse("2026-11-21T10:00:00Z"),
                DEADLINE,
                "the release is aborted",
                List.of());
    }
}
