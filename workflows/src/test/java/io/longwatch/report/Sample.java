package io.longwatch.report;

import io.longwatch.contract.Undo;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Check;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Parameter;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Role;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Source;
import io.longwatch.plan.Step;
import io.longwatch.release.DecisionRecord;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.Note;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small plan and records of it, to be bent by tests. */
final class Sample {
    static final Instant T = Instant.parse("2025-01-27T14:00:00Z");
    static final Instant BEFORE = T.minusSeconds(3600);
    static final Instant DEPLOYED = T.plusSeconds(1200);
    static final Instant AFTER = T.plusSeconds(7200);

    ReleaseState state = ReleaseState.SUCCEEDED;
    boolean compressed;
    final TreeMap<Integer, List<Integer>> parents = new TreeMap<>();
    final TreeSet<Integer> afterDeployment = new TreeSet<>();
    final List<Step> prepare = new ArrayList<>();
    final List<Step> deploy = new ArrayList<>();
    final List<Check> checks = new ArrayList<>();
    final List<Soak.Window> windows = new ArrayList<>();
    final List<ActionStep> verify = new ArrayList<>();
    final List<SignOff> signOffs = new ArrayList<>();
    final List<StepRecord> seen = new ArrayList<>();
    final List<StepRecord> rolledBack = new ArrayList<>();
    final List<WindowRecord> watched = new ArrayList<>();

    static ActionStep step(String id, Integer... covers) {
        return new ActionStep(
                id,
                "Step " + id,
                "redis.ping",
                Map.of(),
                null,
                null,
                Duration.ofMinutes(1),
                0,
                Undo.KEEP,
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(),
                List.of(covers));
    }

    static Check check(String id, Integer... covers) {
        return new Check(
                id,
                "Check " + id,
                "redis.ping",
                Map.of(),
                "result.millis",
                "ms",
                null,
                Duration.ZERO,
                0,
                null,
                null,
                0,
                3,
                4,
                0,
                Check.OnNoData.INCONCLUSIVE,
                List.of(covers));
    }

    static Soak.Window window(String id, List<String> checks, Integer... covers) {
        return new Soak.Window(
                id,
                "Window " + id,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                false,
                checks,
                Duration.ofMinutes(15),
                Outcome.HOLD,
                Outcome.HOLD,
                "lead",
                Duration.ofHours(2),
                List.of(covers));
    }

    static SignOff signOff(String id, Integer... covers) {
        return new SignOff(id, "Sign-off " + id, "lead", Duration.ofHours(24), Outcome.CONTINUE, List.of(covers));
    }

    static StepRecord ended(String id, StepState state, Instant at) {
        return new StepRecord(
                id,
                "Step " + id,
                "redis.ping",
                state,
                1,
                at,
                at,
                "answered PONG",
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    static WindowRecord watched(String window, Verdict verdict, String by, CheckVerdict... checks) {
        WindowResult result = new WindowResult(
                window,
                verdict,
                Arrays.asList(checks),
                58,
                0,
                2,
                Duration.ZERO,
                Duration.ofMinutes(2),
                AFTER,
                verdict + ": 58 looks, 2 missed",
                null);
        return new WindowRecord(
                window,
                "Window " + window,
                DEPLOYED,
                AFTER,
                verdict,
                by,
                by == null ? null : "known",
                result,
                List.of());
    }

    static CheckVerdict verdict(String check, Verdict verdict) {
        return new CheckVerdict(
                check,
                "Check " + check,
                "ms",
                verdict,
                58,
                0,
                0,
                0,
                0,
                41.0,
                38.0,
                90.0,
                List.of(38.0, 90.0, 41.0),
                null);
    }

    ReleasePlan plan(int boxes) {
        return new ReleasePlan(
                "bridge",
                "production",
                "The bridge",
                null,
                new Source("CHECKLIST.md", "ab".repeat(32), boxes, parents, afterDeployment),
                List.of(new Parameter("startup", Parameter.Type.DURATION, null, null, "PT4H", null)),
                List.of(new Role("lead", "Lead")),
                List.of(),
                null,
                Duration.ofMinutes(30),
                null,
                List.of(
                        new Phase("prepare", "Prepare", Phase.Start.at(Duration.ofHours(-1)), prepare),
                        new Phase("deploy", "Deploy", Phase.Start.at(Duration.ZERO), deploy)),
                new Soak(checks, windows),
                new Rollback(List.of(), verify, List.of()),
                signOffs);
    }

    ReleaseRecord record() {
        PhaseRecord all = new PhaseRecord("deploy", "Deploy", "T", StepState.PASSED, T, DEPLOYED, seen);
        List<PhaseRecord> rollback = rolledBack.isEmpty()
                ? List.of()
                : List.of(new PhaseRecord("verify", "Verify", "rollback", StepState.PASSED, AFTER, AFTER, rolledBack));
        Decision decision = new Decision(
                "d1",
                "bridge-production-20250127-1",
                "go",
                "ab12",
                Verb.APPROVE,
                "U1",
                "slack",
                T,
                "looks | good",
                null,
                null,
                null);
        return new ReleaseRecord(
                "bridge-production-20250127-1",
                "bridge",
                "production",
                "The bridge",
                state,
                null,
                "dana",
                "cd".repeat(32),
                Map.of("version", "v2.0", "startup", "PT4H"),
                compressed,
                BEFORE,
                T,
                DEPLOYED,
                state.ended() ? AFTER : null,
                List.of(all),
                watched,
                rollback,
                List.of(new EffectRecord(
                        "tag", "Tag the release", "git.tag", Undo.KEEP, EffectState.KEPT, BEFORE, AFTER, "tag v2.0")),
                List.of(),
                List.of(new DecisionRecord(decision, T, true, "Ada", List.of("lead"), "people", "opened")),
                Map.of("p99", 41),
                List.of(new Note(BEFORE, "Began")),
                null);
    }

    StepState box(int number) {
        return boxes(number).box(number).state();
    }

    Boxes boxes(int most) {
        return Boxes.of(plan(Math.max(most, 3)), record());
    }

    Sample afterDeployment(Integer... numbers) {
        afterDeployment.addAll(Set.of(numbers));
        return this;
    }
}
