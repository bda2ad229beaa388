package io.longwatch.sandbox.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.decision.Verb;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.soak.Verdict;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RehearsalTest {
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            roles: {release-manager: Release manager}
            phases:
              - id: infrastructure
                title: Infrastructure
                at: T-1h
                steps:
                  - {id: cache, title: Redis answers, uses: redis.ping, expect: result.answer == 'PONG'}
                  - id: go
                    title: Deploy?
                    gate: {approvals: [{role: release-manager}], deadline: 1h, onDeadline: abort}
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - id: first-node
                    title: First node
                    uses: kubernetes.scale
                    with: {deployment: bridge, namespace: production, replicas: 1}
                    expect: result.readyReplicas == 1
                  - id: second-node
                    title: Second node
                    uses: kubernetes.scale
                    with: {deployment: bridge, namespace: production, replicas: 2}
                    expect: result.readyReplicas == 2
              - id: baseline
                title: Baseline
                at: T+2h
                steps:
                  - id: p99
                    title: P99 latency
                    uses: prometheus.query
                    with: {query: p99, unit: ms}
                    expect: result.value < 100.0
                    baseline: {p99Millis: result.value}
            soak:
              checks:
                - id: latency
                  title: P99
                  uses: prometheus.query
                  with: {query: p99}
                  figure: result.value
                  unit: ms
                  successCondition: result.value < 100.0
                  failureLimit: 3
              windows:
                - {id: startup, title: Hours 1 to 4, duration: 4h, interval: 1m, checks: [latency]}
                - {id: rest, title: Hours 4 to 48, duration: 44h, interval: 5m, checks: [latency]}
            rollback:
              restore:
                - {id: undo-second, title: Scale back, undoes: second-node}
            signOffs:
              - {id: lead, title: The release manager signs, role: release-manager}
            """;

    @Test
    void aCalmReleaseSucceedsAfterItsSoak() {
        // When
        Rehearsal.Outcome outcome = rehearse(Scenario.CALM);

        // Then
        ReleaseRecord record = outcome.record();
        assertThat(record.timeline()).isNotEmpty();
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(record.steps().map(step -> step.id() + " " + step.state()))
                .containsExactly(
                        "cache PASSED",
                        "go PASSED",
                        "first-node PASSED",
                        "second-node PASSED",
                        "p99 PASSED",
                        "lead ATTESTED");
        assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.PASSED, Verdict.PASSED);
        assertThat(record.effects()).extracting("state").containsOnly(EffectState.KEPT);
        assertThat(Duration.between(record.deployedAt(), record.endedAt())).isGreaterThan(Duration.ofHours(48));
        assertThat(outcome.warnings()).isEmpty();
    }

    @Test
    void whatStepsGiveBackByNamesOfThePlansOwnIsThere() {
        // Given
        String cache = "{id: cache, title: Redis answers, uses: redis.ping, expect: result.answer == 'PONG'}";
        String answer =
                "{id: cache, title: Answers, uses: http.request, baseline: {formerVersion: result.outputs.version},"
                        + " with: {url: 'https://bridge', outputs: {version: /version}}}";
        String rows = "{id: rows, title: Rows, uses: postgres.query, expect: result.row.stored >= 0,"
                + " with: {sql: SELECT count(*) AS stored FROM events}}";
        String bound = "onDeadline: abort, bind: [steps.cache.result.outputs.version, steps.rows.result.row.stored]}";
        String plan = PLAN.replace(cache, answer + "\n      - " + rows).replace("onDeadline: abort}", bound);

        // When
        Rehearsal.Outcome outcome = rehearse(plan, Scenario.CALM);

        // Then
        assertThat(outcome.record().state()).as(outcome.record().toString()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(outcome.warnings()).isEmpty();
        assertThat(outcome.record().baseline()).containsKey("formerVersion");
    }

    @Test
    void theHistoryOfAWindowDoesNotGrowWithItsLooks() {
        // When
        Rehearsal.Outcome outcome = rehearse(Scenario.CALM);

        // Then
        assertThat(outcome.record().soak().get(0).result().looks()).isEqualTo(240);
        assertThat(outcome.history().getEvents()).hasSizeLessThan(160);
        assertThat(outcome.events(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED)).isZero();
    }

    @Test
    void aBreachInTheSoakTakesTheReleaseBackInThePlansOrder() {
        // Given
        Scenario breach = new Scenario(null, List.of(new Scenario.Seen("latency", "30h", null, 180.0, null)), null);

        // When
        ReleaseRecord record = rehearse(breach).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
        assertThat(record.reason()).contains("Hours 4 to 48").contains("180 ms");
        assertThat(record.rollback().get(0).steps()).extracting("id").containsExactly("undo-second", "undo-first-node");
        assertThat(record.effects()).extracting("state").containsOnly(EffectState.REVERTED);
        assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.PASSED, Verdict.FAILED);
    }

    @Test
    void aProviderThatIsGoneForTwoHoursIsNoBadRelease() {
        // Given
        Scenario outage = new Scenario(null, List.of(new Scenario.Seen("latency", "10h", "12h", null, "error")), null);

        // When
        ReleaseRecord record = rehearse(outage).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(record.soak().get(1).result().extension()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aStepThatFailsBeforeAnyEffectAsksAndSilenceAborts() {
        // When
        ReleaseRecord record = rehearse(Scenario.failing("cache")).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ABORTED);
        assertThat(record.effects()).isEmpty();
    }

    @Test
    void aNoAtAGateNeverLetsTheReleaseGoOnWhateverSilenceWouldDo() {
        // Given
        String lenient = PLAN.replace("onDeadline: abort", "onDeadline: hold");
        Scenario no = new Scenario(null, null, List.of(new Scenario.Reply("go", Verb.REJECT, "too late today")));

        // When
        ReleaseRecord record = rehearse(lenient, no).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ABORTED);
        assertThat(record.effects()).isEmpty();
    }

    @Test
    void aStepThatFailsAfterAnEffectRollsBackWhatHasBegun() {
        // When
        ReleaseRecord record = rehearse(Scenario.failing("second-node")).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
        assertThat(record.effects()).extracting("state").containsOnly(EffectState.REVERTED);
        assertThat(record.step("p99").orElseThrow().state()).isEqualTo(StepState.PENDING);
    }

    @Test
    void anUndoThatFailsEndsInCompensationFailedAndTheRestIsStillTakenBack() {
        // Given
        Scenario both = new Scenario(
                List.of(
                        new Scenario.Fault("p99", null, null, null),
                        new Scenario.Fault("undo:second-node", null, null, null)),
                null,
                null);

        // When
        ReleaseRecord record = rehearse(both).record();

        // Then
        assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.COMPENSATION_FAILED);
        assertThat(record.effects())
                .extracting("step", "state")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("first-node", EffectState.REVERTED),
                        org.assertj.core.groups.Tuple.tuple("second-node", EffectState.FAILED));
    }

    private static Rehearsal.Outcome rehearse(Scenario scenario) {
        return rehearse(PLAN, scenario);
    }

    private static Rehearsal.Outcome rehearse(String text, Scenario scenario) {
        LoadedPlan loaded =
                PlanLoader.load("plan.yaml", text, path -> "", Contracts.catalog(), Map.of(), Mode.FOR_CHECK);
        if (loaded instanceof LoadedPlan.Loaded plan) {
            return new Rehearsal(plan.plan(), plan.parameters()).run(scenario);
        }
        throw new AssertionError(loaded.toString());
    }
}
