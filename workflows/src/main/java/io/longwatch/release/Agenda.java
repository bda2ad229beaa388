package io.longwatch.release;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The phases and steps of a release, and the stages of its rollback, with what became of each. */
final class Agenda {
    private static final String SIGN_OFF = "sign-off";

    private final Map<String, PhaseRecord> phases = new LinkedHashMap<>();
    private final Map<String, PhaseRecord> rollback = new LinkedHashMap<>();
    private final Map<String, String> homes = new LinkedHashMap<>();

    /** What the plan has in store. */
    static Agenda of(ReleasePlan plan) {
        Agenda agenda = new Agenda();
        plan.phases().forEach(phase -> agenda.phases.put(phase.id(), pending(phase)));
        if (!plan.signOffs().isEmpty()) {
            agenda.phases.put(signOffOf(plan), signOffs(plan));
        }
        agenda.phases.values().forEach(agenda::house);
        return agenda;
    }

    /** Id of the phase in which people sign. No phase of the plan has it, even one that came past the validator. */
    static String signOffOf(ReleasePlan plan) {
        String id = SIGN_OFF;
        while (named(plan, id)) {
            id += "s";
        }
        return id;
    }

    private static boolean named(ReleasePlan plan, String phase) {
        return plan.phases().stream().anyMatch(other -> other.id().equals(phase));
    }

    /** What an earlier run has done of it. */
    static Agenda of(ReleaseRecord record) {
        Agenda agenda = new Agenda();
        record.phases().forEach(phase -> agenda.phases.put(phase.id(), phase));
        record.phases().forEach(agenda::house);
        agenda.beginRollback(record.rollback());
        return agenda;
    }

    private static PhaseRecord pending(Phase phase) {
        return new PhaseRecord(
                phase.id(),
                phase.title(),
                phase.start().toString(),
                StepState.PENDING,
                null,
                null,
                phase.steps().stream()
                        .flatMap(Step::flatten)
                        .map(Agenda::pending)
                        .toList());
    }

    private static StepRecord pending(Step step) {
        return StepRecord.pending(step.id(), step.title(), kind(step), step.covers());
    }

    private static String kind(Step step) {
        if (step instanceof ActionStep action) {
            return action.uses();
        }
        if (step instanceof Gate) {
            return "gate";
        }
        return step instanceof ChecklistItem ? "item" : "group";
    }

    private static PhaseRecord signOffs(ReleasePlan plan) {
        return new PhaseRecord(
                signOffOf(plan),
                "Sign-off",
                "at the end",
                StepState.PENDING,
                null,
                null,
                plan.signOffs().stream().map(Agenda::pending).toList());
    }

    private static StepRecord pending(SignOff signOff) {
        return StepRecord.pending(signOff.id(), signOff.title(), "sign-off", signOff.covers());
    }

    /** Adds the stages of the rollback to what will happen. */
    void beginRollback(List<PhaseRecord> stages) {
        stages.forEach(stage -> rollback.put(stage.id(), stage));
        stages.forEach(this::house);
    }

    private void house(PhaseRecord phase) {
        phase.steps().forEach(step -> homes.put(step.id(), phase.id()));
    }

    /** Closes what the end of the release finds under way. */
    void close(Instant now) {
        phases.replaceAll((id, phase) -> phase.state() == StepState.RUNNING ? phase.cutOff(now) : phase.leftOpen(now));
    }

    PhaseRecord phase(String id) {
        return Objects.requireNonNull(phases.containsKey(id) ? phases.get(id) : rollback.get(id), id);
    }

    void phase(String id, UnaryOperator<PhaseRecord> change) {
        (phases.containsKey(id) ? phases : rollback).computeIfPresent(id, (key, phase) -> change.apply(phase));
    }

    boolean hasStep(String id) {
        return homes.containsKey(id);
    }

    StepRecord step(String id) {
        return home(id).step(id);
    }

    private PhaseRecord home(String step) {
        String phase = homes.get(step);
        if (phase == null) {
            throw new IllegalArgumentException("no step " + step);
        }
        return phase(phase);
    }

    Stream<StepRecord> steps() {
        return Stream.concat(phases.values().stream(), rollback.values().stream())
                .flatMap(phase -> phase.steps().stream());
    }

    /** Changes a step's record; true when it settles the step or opens it again. */
    boolean step(String id, UnaryOperator<StepRecord> change) {
        PhaseRecord home = home(id);
        StepRecord former = home.step(id);
        StepRecord next = change.apply(former);
        (phases.containsKey(home.id()) ? phases : rollback).put(home.id(), home.with(next));
        return former.state().settled() != next.state().settled();
    }

    List<PhaseRecord> phases() {
        return List.copyOf(phases.values());
    }

    List<PhaseRecord> rollback() {
        return List.copyOf(rollback.values());
    }
}
