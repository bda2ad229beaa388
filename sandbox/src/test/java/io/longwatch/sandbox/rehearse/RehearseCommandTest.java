package io.longwatch.sandbox.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.sandbox.SandboxMain;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.ProfileConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class RehearseCommandTest {
    private static final Path AUREN = Path.of("..", "plans", "auren-biometric-bridge");
    private static final String SMALL = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            roles: {release-manager: Release manager}
            phases:
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - id: go
                    title: Deploy?
                    gate: {approvals: [{role: release-manager}], deadline: 1h, onDeadline: abort}
                  - id: node
                    title: The node
                    uses: kubernetes.scale
                    with: {deployment: bridge, namespace: production, replicas: 1}
                    expect: result.readyReplicas == 1
                  - {id: cache, title: Redis answers, uses: redis.ping, expect: result.answer == 'PONG'}
            soak:
              checks:
                - id: latency
                  title: P99
                  uses: prometheus.query
                  with: {query: p99}
                  successCondition: result.value < 100.0
              windows:
                - {id: startup, title: Hours 1 to 4, duration: 4h, interval: 5m, checks: [latency]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        World world = new World(
                Clock.systemUTC(),
                ZoneOffset.UTC,
                Map.of("LONGWATCH_HOME", folder.toString()),
                "ada",
                new ProfileConnector(Map.of()),
                false);
        return SandboxMain.commandLine(world, args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String smallPlan() throws IOException {
        return file("plan.yaml", SMALL);
    }

    private JsonNode json() throws JsonProcessingException {
        return Json.mapper().readTree(out.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theBiometricBridgeSucceedsWithEveryBoxAndNoWarning(boolean formerVersion) throws JsonProcessingException {
        // When
        int exit = run("rehearse", AUREN.toString(), "--json", "--param", "formerVersion=" + formerVersion);

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(json().path("state").asText()).isEqualTo("SUCCEEDED");
        JsonNode boxes = json().path("boxes");
        assertThat(boxes.path("total").asInt()).isEqualTo(42);
        assertThat(boxes.path("OPEN").asInt() + boxes.path("FAILED").asInt()).isZero();
        assertThat(json().path("soak")).hasSize(4).allSatisfy(window -> {
            assertThat(window.path("verdict").asText()).isEqualTo("PASSED");
            assertThat(window.path("missed").asInt()).isZero();
        });
    }

    @Test
    void theFirstTrySucceeds() throws JsonProcessingException {
        // When
        int exit = run("rehearse", Path.of("..", "plans", "first-try").toString(), "--json");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(json().path("soak")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "leak, ROLLED_BACK",
        "p99-breach, ROLLED_BACK",
        "prometheus-gone, SUCCEEDED",
        "first-node-never-ready, ROLLED_BACK",
        "signature-refused, ROLLED_BACK",
        "second-node-dies, ROLLED_BACK"
    })
    void itsScenariosEndAsTheyExpect(String scenario, String state) throws JsonProcessingException {
        // When
        int exit = run("rehearse", AUREN.toString(), "--json", "--scenario", scenario);

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("state").asText()).isEqualTo(state);
    }

    @Test
    void aQuestionThatStaysOpenForEverEndsTheRehearsal() throws IOException {
        // Given
        String plan = file("plan.yaml", SMALL);
        String scenario = file("scenario.yaml", "checks: [{check: latency, outcome: noData}]\n");

        // When
        int exit = run("rehearse", plan, "--scenario", scenario, "--json");

        // Then
        assertThat(exit).as(err.toString()).isEqualTo(1);
        assertThat(json().path("state").asText()).isEqualTo("AWAITING_DECISION");
        assertThat(json().path("soak").path(0).path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(err.toString())
                .contains("Question 'startup'", "stays open")
                .contains("The rehearsal ended AWAITING_DECISION, wanted SUCCEEDED.");
    }

    @Test
    void theStoryTellsEveryStepAndEffect() throws IOException {
        // When
        int exit = run("rehearse", smallPlan(), "--plain");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("SUCCEEDED", "The node", "Redis answers", "Hours 1 to 4", "kept: node")
                .doesNotContain("\u001b");
    }

    @Test
    void anEndOtherThanWantedFallsShort() throws IOException {
        // Given
        String scenario = file("no.yaml", "answers: [{subject: go, answer: reject, reason: not today}]");

        // When
        int exit = run("rehearse", smallPlan(), "--scenario", scenario);

        // Then
        assertThat(exit).as(err.toString()).isEqualTo(1);
        assertThat(err.toString()).contains("ended ABORTED, wanted SUCCEEDED");
    }

    @Test
    void aStepThatFailsTwiceIsTriedThreeTimes() throws IOException {
        // Given
        String scenario = file("twice.yaml", "faults: [{step: node, times: 2, message: no room}]");

        // When
        int exit = run("rehearse", smallPlan(), "--json", "--scenario", scenario);

        // Then
        assertThat(exit).as(err + "\n" + out).isZero();
    }

    @Test
    void anEffectThatNeverHappenedNeedsNoUndo() throws IOException {
        // Given
        String scenario = file("never.yaml", "{expect: ROLLED_BACK, faults: [{step: node, afterEffect: false}]}");

        // When
        int exit = run("rehearse", smallPlan(), "--json", "--scenario", scenario);

        // Then
        assertThat(exit).as(err + "\n" + out).isZero();
        assertThat(json().path("effects").path(0).path("state").asText()).isEqualTo("NOT_NEEDED");
    }

    @Test
    void theTableOfFaultsHasARowForEachStepAndWindow() throws IOException {
        // When
        int exit = run("rehearse", smallPlan(), "--faults", "--json");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(json())
                .extracting(row -> row.path("step").asText() + " "
                        + row.path("state").asText() + " "
                        + row.path("effects").path(0).path("state").asText("none"))
                .containsExactly(
                        "go ABORTED none",
                        "node ROLLED_BACK REVERTED",
                        "cache ROLLED_BACK REVERTED",
                        "startup ROLLED_BACK REVERTED",
                        "node COMPENSATION_FAILED FAILED");
    }

    @Test
    void theTableOfFaultsReadsAsText() throws IOException {
        // When
        int exit = run("rehearse", smallPlan(), "--faults");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(6).first().asString().startsWith("If");
        assertThat(err.toString())
                .contains(
                        "5 faults rehearsed, 1 of which breaks the way back",
                        "each other ends with its effects accounted for.");
        assertThat(out.toString())
                .contains("go is rejected", "startup fails", "reverted node", "node is not undone")
                .contains("node failed on the way back; asked: no answer by the deadline");
    }

    @Test
    void aCheckWithoutAConditionFailsAsItsActionWould() throws IOException {
        // Given
        String plan = file("plan.yaml", SMALL.replace("      successCondition: result.value < 100.0\n", ""));
        String scenario =
                file("scenario.yaml", "{expect: ROLLED_BACK, checks: [{check: latency, from: 1h, outcome: failed}]}");

        // When
        int exit = run("rehearse", plan, "--scenario", scenario, "--json");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("soak").path(0).path("verdict").asText()).isEqualTo("FAILED");
        assertThat(err.toString())
                .contains("has no condition: every answer passes that prometheus.query does not fail");
    }

    @Test
    void aBrokenPlanIsNoRehearsal() throws IOException {
        // Given
        String plan = file("plan.yaml", SMALL.replace("redis.ping", "redis.pong"));

        // When
        int exit = run("rehearse", plan);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("plan.yaml:20:").contains("redis.pong");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fautls: []                                      | :1:1: | did you mean 'faults'?",
                "`faults: [{step: nod}]`                         | :1:17: | did you mean 'node'?",
                "`faults: [{message: x}]`                        | :1:10: | 'step' is missing",
                "`faults: [{step: node, times: 0}]`              | :1:30: | whole number",
                "`checks: [{check: latenci, value: 1}]`          | :1:18: | did you mean 'latency'?",
                "`checks: [{check: latency, value: much}]`       | :1:34: | is not a number",
                "`checks: [{check: latency, from: 30, value: 1}]` | :1:33: | write 90s, 10m or 2h",
                "`checks: [{check: latency}]`                    | :1:10: | either a value or an outcome",
                "`checks: [{check: latency, outcome: eror}]`     | :1:36: | did you mean 'error'?",
                "`answers: [{subject: og, answer: reject}]`      | :1:21: | did you mean 'go'?",
                "`answers: [{subject: go, answer: rejct}]`       | :1:33: | did you mean 'reject'?",
                "`answers: [{subject: go}]`                      | :1:11: | say what is answered",
                "`expect: ROLLEDBACK`                            | :1:9: | did you mean 'ROLLED_BACK'?",
                "`faults: {step: node}`                          | :1:9: | is a list",
                "`- a`                                           | :1:1: | a scenario is a map",
                "`faults: [`                                     | :1: | this is not YAML"
            })
    void aBadScenarioIsRefusedAtItsPlace(String text, String place, String message) throws IOException {
        // Given
        String scenario = file("bad.yaml", text);

        // When
        int exit = run("rehearse", smallPlan(), "--scenario", scenario);

        // Then
        assertThat(exit).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yaml" + place).contains(message);
    }

    @Test
    void aScenarioThatThePlanDoesNotComeWithIsNamedWithThoseItDoes() {
        // When
        int exit = run("rehearse", AUREN.toString(), "--scenario", "flood");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("there is no scenario 'flood'", "There: first-node-never-ready, leak");
    }

    @Test
    void aScenarioThatIsNotThereIsNamed() throws IOException {
        // When
        int exit = run(
                "rehearse",
                smallPlan(),
                "--scenario",
                folder.resolve("none.yaml").toString());

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("there is no scenario");
    }

    @Test
    void theListOfCommandsHasRehearseAndAllOthers() {
        // When
        int exit = run("--help");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("rehearse", "start", "worker", "doctor");
    }
}
