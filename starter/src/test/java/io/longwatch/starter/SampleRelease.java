package io.longwatch.starter;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.Undo;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Phase;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Step;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.Note;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.starter.plan.PlanFolder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan from the test's resources and hand-made records of a release of it. */
public final class SampleRelease {
    public static final String ID = "biometric-bridge-production-20250127-1";
    public static final Instant T = Instant.parse("2025-01-27T14:00:00Z");

    private final Loaded loaded = load();
    private final Map<String, StepRecord> steps = new LinkedHashMap<>();
    private final Map<String, WindowRecord> windows = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<PhaseRecord> rollback = new ArrayList<>();
    private ReleaseState state = ReleaseState.RUNNING;
    private String reason;
    private Instant deployedAt;
    private Instant endedAt;

    /** The plan's file. */
    public static Path file() {
        try {
            return Path.of(SampleRelease.class.getResource("bridge/plan.yaml").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Loaded load() {
        return (Loaded) PlanFolder.of(file()).load(Contracts.catalog(), Map.of("version", "v2.0"), Mode.FOR_START);
    }

    public ReleasePlan plan() {
        return loaded.plan();
    }

    public ReleaseRequest request() {
        return request(ID);
    }

    public ReleaseRequest request(String id) {
        return new ReleaseRequest(
                id,
                loaded.plan(),
                PlanDigest.of(loaded.plan(), loaded.parameters()),
                loaded.parameters(),
                "dana",
                T.minusSeconds(7300),
                T,
                false,
                null,
                ReleaseRequest.KNOWN,
                false);
    }

    public SampleRelease state(ReleaseState now, String why) {
        state = now;
        reason = why;
        return this;
    }

    public SampleRelease step(String id, StepState end, long from, long to, String summary) {
        return step(id, end, 1, from, to, summary, null, null);
    }

    public SampleRelease step(
            String id, StepState end, int attempts, long from, long to, String summary, String problem, String by) {
        steps.put(
                id,
                new StepRecord(
                        id,
                        title(id),
                        "redis.ping",
                        end,
                        attempts,
                        T.plusSeconds(from),
                        end.settled() ? T.plusSeconds(to) : null,
                        summary,
                        problem,
                        by,
                        null,
                        List.of(),
                        null,
                        null));
        return this;
    }

    private String title(String id) {
        return plan().steps()
                .filter(step -> step.id().equals(id))
                .map(Step::title)
                .findFirst()
                .orElse(id);
    }

    public SampleRelease ask(Question question) {
        questions.add(question);
        return this;
    }

    /** The gate's question. */
    public static Question go(Instant askedAt) {
        return new Question(
                "go",
                Question.Kind.GATE,
                "Deploy the first node?",
                List.of(
                        "All 5 checks ahead of it passed.",
                        "If we roll back now: undo the rollout; tag and image stay."),
                "5f2a91c4d0e85f2a91c4d0e8",
                List.of(Verb.APPROVE, Verb.REJECT),
                List.of("release-manager"),
                askedAt,
                askedAt.plus(Duration.ofHours(1)),
                "abort",
                List.of());
    }

    public SampleRelease prepared() {
        return step("tag", StepState.PASSED, -7200, -7180, "tag v2.0 at 4f2c91d, pushed")
                .step("image", StepState.PASSED, -7180, -6928, "auren/biometric-bridge:v2.0 sha256:91c4d0e85f2a")
                .step("database", StepState.PASSED, -3600, -3588, "3 of 3 tables; schema at 12")
                .step("oura", StepState.PASSED, -3588, -3587, "present, 64 characters, 12 days old")
                .step("whoop", StepState.ATTESTED, 1, -3588, -3100, "seen in the vault", null, "Ada");
    }

    public SampleRelease deployed() {
        prepared()
                .step("go", StepState.PASSED, 1, 0, 300, "approved", null, "Ada")
                .step("first-node", StepState.PASSED, 300, 334, "1 of 1 ready, revision 8")
                .step("second-node", StepState.PASSED, 334, 420, "2 of 2 ready, stable for 2m")
                .step("webhooks", StepState.PASSED, 420, 431, "3 of 3 processed");
        deployedAt = T.plusSeconds(420);
        return this;
    }

    public SampleRelease window(String id, Verdict verdict, Instant from, Instant to, WindowResult result) {
        windows.put(id, new WindowRecord(id, windowTitle(id), from, to, verdict, null, null, result, List.of()));
        return this;
    }

    private String windowTitle(String id) {
        return plan().soak().windows().stream()
                .filter(window -> window.id().equals(id))
                .findFirst()
                .orElseThrow()
                .title();
    }

    public static WindowResult result(String window, Verdict verdict, int looks, int missed, CheckVerdict... checks) {
        return new WindowResult(
                window,
                verdict,
                List.of(checks),
                looks,
                0,
                missed,
                Duration.ZERO,
                Duration.ZERO,
                T,
                verdict + ": " + looks + " looks",
                null);
    }

    public static CheckVerdict check(
            String id, String title, String unit, Verdict verdict, double last, String message, Double... series) {
        return new CheckVerdict(id, title, unit, verdict, 60, 0, 0, 0, 0, last, last, last, List.of(series), message);
    }

    public static WindowProgress progress(String window) {
        CheckProgress p99 = new CheckProgress(
                "p99", 75, 75, 0, 0, 0, 0, 0, 0, 75, 41.2, 38.0, 66.0, List.of(38.0, 66.0, 40.0, 41.2), 4, null);
        return new WindowProgress(window, 75, 0, 2, T, Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of(p99));
    }

    public SampleRelease rollback(String title, StepState end, StepRecord... done) {
        rollback.add(new PhaseRecord(
                title,
                title,
                "rollback",
                end,
                T.plusSeconds(600),
                end.settled() ? T.plusSeconds(700) : null,
                List.of(done)));
        return this;
    }

    public StepRecord aStep(String id, String title, StepState end, String summary, String problem) {
        return new StepRecord(
                id,
                title,
                "undo",
                end,
                1,
                T.plusSeconds(600),
                end.settled() ? T.plusSeconds(640) : null,
                summary,
                problem,
                null,
                null,
                List.of(),
                null,
                null);
    }

    public SampleRelease ended(ReleaseState end, String why, Instant at) {
        endedAt = at;
        return state(end, why);
    }

    public ReleaseRecord record() {
        return new ReleaseRecord(
                ID,
                plan().service(),
                plan().environment(),
                plan().title(),
                state,
                reason,
                "dana",
                request().planDigest(),
                Map.of("version", "v2.0"),
                false,
                T.minusSeconds(7300),
                T,
                deployedAt,
                endedAt,
                plan().phases().stream().map(this::phase).toList(),
                plan().soak().windows().stream()
                        .map(window -> windows.getOrDefault(
                                window.id(),
                                new WindowRecord(
                                        window.id(), window.title(), null, null, null, null, null, null, List.of())))
                        .toList(),
                rollback,
                List.of(new EffectRecord(
                        "tag",
                        "Tag v2.0",
                        "git.tag",
                        Undo.KEEP,
                        endedAt == null ? EffectState.DONE : EffectState.KEPT,
                        T.minusSeconds(7200),
                        null,
                        "tag v2.0")),
                questions,
                List.of(),
                Map.of(),
                List.of(new Note(T.minusSeconds(7300), "Release began")),
                null);
    }

    private PhaseRecord phase(Phase phase) {
        List<StepRecord> records = phase.steps().stream()
                .flatMap(Step::flatten)
                .map(step -> steps.getOrDefault(step.id(), pending(step)))
                .toList();
        Instant from = records.stream()
                .map(StepRecord::startedAt)
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        boolean over = records.stream().allMatch(step -> step.state().settled());
        Instant to = over
                ? records.stream()
                        .map(StepRecord::endedAt)
                        .max(Instant::compareTo)
                        .orElse(null)
                : null;
        StepState now = from == null ? StepState.PENDING : over ? worst(records) : StepState.RUNNING;
        return new PhaseRecord(phase.id(), phase.title(), phase.start().toString(), now, from, to, records);
    }

    private static StepState worst(List<StepRecord> records) {
        return records.stream().anyMatch(step -> step.state() == StepState.FAILED)
                ? StepState.FAILED
                : StepState.PASSED;
    }

    private static StepRecord pending(Step step) {
        return new StepRecord(
                step.id(),
                step.title(),
                "redis.ping",
                StepState.PENDING,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }
}
