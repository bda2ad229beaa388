package io.longwatch.activities.ledger;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.DecisionRecord;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Pages of a small release. */
final class Pages {
    static final Instant T = Instant.parse("2026-05-04T12:00:00Z");
    static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            roles: {manager: Release manager}
            phases:
              - id: deploy
                title: Deploy
                at: T
                steps:
                  - {id: ping, title: Ping, uses: redis.ping}
            """;

    private Pages() {}

    static StepRef ref(String release) {
        return new StepRef(release, "production", "release");
    }

    static ReleaseRequest request(String release) {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", PLAN, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_CHECK);
        if (loaded instanceof LoadedPlan.Loaded plan) {
            return new ReleaseRequest(
                    release,
                    plan.plan(),
                    PlanDigest.of(plan.plan(), plan.parameters()),
                    Map.of("version", "v2"),
                    "rita",
                    T.minusSeconds(60),
                    T,
                    false,
                    null,
                    ReleaseRequest.KNOWN,
                    true);
        }
        throw new IllegalStateException(loaded.toString());
    }

    static ReleaseRecord record(String release, ReleaseState state, StepState step, String title) {
        ReleaseRequest request = request(release);
        StepRecord ping = new StepRecord(
                "ping",
                title,
                "redis.ping",
                step,
                1,
                T,
                T.plusSeconds(1),
                "PONG",
                null,
                null,
                null,
                List.of(1, 2),
                null,
                null);
        return new ReleaseRecord(
                release,
                "bridge",
                "production",
                "Bridge",
                state,
                null,
                "rita",
                request.planDigest(),
                request.parameters(),
                false,
                T.minusSeconds(60),
                T,
                T.plusSeconds(1),
                state.ended() ? T.plusSeconds(9) : null,
                List.of(new PhaseRecord("deploy", "Deploy", "T", StepState.PASSED, T, T.plusSeconds(1), List.of(ping))),
                List.of(window()),
                List.of(),
                List.of(new EffectRecord(
                        "scale", "Scale", "kubernetes.scale", Undo.RESTORE, EffectState.KEPT, T, T, "stays")),
                List.of(),
                List.of(new DecisionRecord(
                        decision(release), T.minusSeconds(5), true, "Ada", List.of("manager"), "people", "settled")),
                Map.of(),
                List.of(),
                null);
    }

    private static WindowRecord window() {
        WindowResult seen = new WindowResult(
                "day",
                Verdict.PASSED,
                List.of(),
                7,
                1,
                2,
                Duration.ofMinutes(3),
                Duration.ZERO,
                T.plusSeconds(8),
                "ok",
                null);
        return new WindowRecord("day", "Day", T, T.plusSeconds(8), Verdict.PASSED, null, null, seen, List.of());
    }

    static Decision decision(String release) {
        return new Decision(
                "d-1",
                release,
                "go",
                "abc",
                Verb.APPROVE,
                "ada",
                "cli",
                T.minusSeconds(6),
                "all green",
                null,
                null,
                "proof");
    }

    static LedgerPage page(String release, int number, ReleaseState state, StepState step) {
        return page(release, number, record(release, state, step, "Ping"));
    }

    static LedgerPage page(String release, int number, ReleaseRecord record) {
        return new LedgerPage(
                number,
                "release/bridge/production",
                "run-1",
                Json.mapper().valueToTree(request(release)),
                Json.mapper().valueToTree(record));
    }
}
