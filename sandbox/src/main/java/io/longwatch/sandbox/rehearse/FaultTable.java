package io.longwatch.sandbox.rehearse;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.Undo;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.text.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** If this step fails, that is what follows: one rehearsal for each step, window and sign-off of a plan. */
final class FaultTable {
    private static final String SIMULATED = "simulated failure";
    private static final int MOST_REASON = 160;

    private final Rehearsal rehearsal;
    private final ReleasePlan plan;
    private final Scenario scenario;
    private final TreeSet<String> warnings = new TreeSet<>();

    /**
     * @param rehearsal of the plan
     * @param scenario what happens in each rehearsal besides
     */
    FaultTable(Rehearsal rehearsal, Scenario scenario) {
        this.rehearsal = rehearsal;
        this.plan = rehearsal.plan();
        this.scenario = scenario;
    }

    /**
     * What follows a fault.
     *
     * @param step id of the step, window or sign-off
     * @param title for people
     * @param fault what befalls it
     * @param state what the release ends as
     * @param reason why, or what became of the step where the release went on, or of the way back where that is what broke
     * @param effects what became of each
     * @param ofRollback whether it is the way back that failed, so that an effect may stay as it is
     */
    record Row(
            String step,
            String title,
            String fault,
            ReleaseState state,
            String reason,
            List<EffectEnd> effects,
            boolean ofRollback) {
        Row {
            effects = List.copyOf(effects);
        }

        /** Whether the release ended, with every effect as it should be. */
        boolean accountedFor() {
            return state.ended() && (ofRollback || state != ReleaseState.COMPENSATION_FAILED);
        }
    }

    /** What became of an effect. */
    record EffectEnd(String step, EffectState state) {}

    private record Trial(String subject, String title, String fault, Scenario scenario, boolean ofRollback) {
        Trial(String subject, String title, String fault, Scenario scenario) {
            this(subject, title, fault, scenario, false);
        }
    }

    /** Rehearses every fault, as many at once as there are processors; rows in the plan's order. */
    List<Row> run() {
        int atOnce = Math.min(4, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Row>> rows =
                    trials().map(trial -> pool.submit(() -> row(trial))).toList();
            List<Row> done = new ArrayList<>();
            for (Future<Row> row : rows) {
                done.add(row.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a rehearsal could not be run: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** What could not be simulated, each once. */
    List<String> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }

    private Row row(Trial trial) {
        Rehearsal.Outcome outcome = rehearsal.run(trial.scenario());
        synchronized (warnings) {
            warnings.addAll(outcome.warnings());
        }
        ReleaseRecord record = outcome.record();
        return new Row(
                trial.subject(),
                trial.title(),
                trial.fault(),
                record.state(),
                trial.ofRollback() ? wayBack(record) : Bounded.line(reason(record, trial.subject()), MOST_REASON),
                record.effects().stream().map(FaultTable::end).toList(),
                trial.ofRollback());
    }

    private static EffectEnd end(EffectRecord effect) {
        return new EffectEnd(effect.step(), effect.state());
    }

    private String reason(ReleaseRecord record, String subject) {
        String whole = record.reason();
        if (whole == null) {
            return record.step(subject).map(this::inWords).orElse("");
        }
        String own = "step '" + subject + "' failed: " + SIMULATED;
        if (!whole.startsWith(own)) {
            return whole;
        }
        String decided = whole.substring(own.length()).strip();
        return decided.isEmpty()
                ? plan.actionStep(subject).map(FaultTable::unasked).orElse("nobody is asked")
                : "asked: " + decided.replaceAll("^\\(|\\)$", "");
    }

    private static String unasked(ActionStep step) {
        return step.onFailure() == null
                ? "nobody is asked: users feel something by then"
                : "nobody is asked: its onFailure says so";
    }

    /** Which parts of the way back failed, and what people said of them. */
    private static String wayBack(ReleaseRecord record) {
        List<String> failed = record.rollback().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.state() == StepState.FAILED)
                .map(StepRecord::id)
                .toList();
        if (failed.isEmpty()) {
            return "the way back does without it";
        }
        String answers = record.decisions().stream()
                .filter(decision -> failed.contains(decision.decision().subject()))
                .map(decision -> decision.decision().verb().word())
                .distinct()
                .collect(Collectors.joining(", "));
        return String.join(", ", failed) + " failed on the way back; asked: "
                + (answers.isEmpty() ? "no answer by the deadline" : answers);
    }

    private String inWords(StepRecord step) {
        boolean signs = plan.signOffs().stream().anyMatch(sign -> sign.id().equals(step.id()));
        return signs
                ? "what it changed is final by then; the sign-off is " + step.state()
                : "the release goes on; the step is " + step.state();
    }

    private Stream<Trial> trials() {
        Stream<Trial> steps = plan.steps()
                .map(step -> step instanceof ActionStep
                        ? failing(step.id(), step.title())
                        : rejected(step.id(), step.title()));
        Stream<Trial> signOffs = plan.signOffs().stream().map((SignOff sign) -> rejected(sign.id(), sign.title()));
        return Stream.of(steps, windows().stream(), signOffs, rollback()).flatMap(trials -> trials);
    }

    /** The release is made to roll back, and then a part of the way back fails as well. */
    private Stream<Trial> rollback() {
        Optional<Scenario> rollsBack = rollsBack();
        if (rollsBack.isEmpty()) {
            return Stream.empty();
        }
        Rollback rollback = plan.rollback();
        Stream<Trial> moves = rollback.restore().stream()
                .map(move -> move.action() == null
                        ? undoing(rollsBack.get(), move.undoes().get(0), move.title())
                        : backwards(rollsBack.get(), move.action().id(), move.title(), "fails"));
        Stream<Trial> undos = plan.actionSteps()
                .filter(step -> Contracts.catalog().get(step.uses()).hasEffect())
                .filter(step -> step.undo() != Undo.KEEP && !named(step))
                .map(step -> undoing(rollsBack.get(), step.id(), "Undo: " + step.title()));
        Stream<Trial> looks = Stream.concat(rollback.verify().stream(), rollback.dataLoss().stream())
                .map(step -> backwards(rollsBack.get(), step.id(), step.title(), "fails"));
        return Stream.of(moves, undos, looks).flatMap(trials -> trials);
    }

    private boolean named(ActionStep step) {
        return plan.rollback().restore().stream().anyMatch(move -> move.undoes().contains(step.id()));
    }

    private Trial undoing(Scenario rollsBack, String step, String title) {
        return new Trial(
                step,
                title,
                "is not undone",
                leadingTo(step, rollsBack).with(new Scenario.Fault("undo:" + step, null, null, null)),
                true);
    }

    private static Trial backwards(Scenario rollsBack, String id, String title, String fault) {
        return new Trial(id, title, fault, rollsBack.with(new Scenario.Fault(id, null, null, null)), true);
    }

    /** What takes a release back when all its effects stand: its first window fails, or else its last step. */
    private Optional<Scenario> rollsBack() {
        List<Trial> windows = windows();
        if (!windows.isEmpty()) {
            return Optional.of(windows.get(0).scenario());
        }
        return plan.actionSteps()
                .reduce((first, second) -> second)
                .map(last -> failing(last.id(), last.title()).scenario());
    }

    private Trial failing(String id, String title) {
        Scenario.Fault fault = new Scenario.Fault(id, null, null, null);
        return new Trial(id, title, "fails", leadingTo(id, scenario).with(fault));
    }

    /** A scenario in which a step has its turn: one that runs in the stead of others needs their failures. */
    private Scenario leadingTo(String id, Scenario from) {
        return plan.actionSteps()
                .filter(step -> step.rollForward().stream()
                        .flatMap(Step::flatten)
                        .anyMatch(instead -> instead.id().equals(id)))
                .map(step -> new Scenario.Fault(step.id(), null, null, null))
                .reduce(from, Scenario::with, (one, other) -> other);
    }

    private Trial rejected(String id, String title) {
        Scenario.Reply no = new Scenario.Reply(id, Verb.REJECT, "rehearsed refusal");
        return new Trial(id, title, "is rejected", scenario.with(no));
    }

    private List<Trial> windows() {
        List<Trial> trials = new ArrayList<>();
        if (plan.soak() == null) {
            return trials;
        }
        Duration begins = Duration.ZERO;
        for (Soak.Window window : Objects.requireNonNull(plan.soak()).windows()) {
            trials.add(new Trial(window.id(), window.title(), "fails", scenario.with(failing(window, begins))));
            begins = begins.plus(window.duration());
        }
        return trials;
    }

    private static List<Scenario.Seen> failing(Soak.Window window, Duration begins) {
        return window.checks().stream()
                .map(check -> new Scenario.Seen(check, begins.toString(), null, (@Nullable Double) null, "failed"))
                .toList();
    }
}
