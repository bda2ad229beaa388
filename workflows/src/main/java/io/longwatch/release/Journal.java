package io.longwatch.release;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.contract.Undo;
import io.longwatch.decision.Question;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what happens. Everything else in the workflow asks or tells it; queries read it. */
final class Journal {
    /** Id of the phase in which people sign. */
    static final String SIGN_OFF = "sign-off";

    private static final int MOST_NOTES = 400;

    private final ReleaseRequest request;
    private final Map<String, PhaseRecord> phases = new LinkedHashMap<>();
    private final Map<String, PhaseRecord> rollback = new LinkedHashMap<>();
    private final Map<String, String> homes = new LinkedHashMap<>();
    private final Map<String, WindowRecord> windows = new LinkedHashMap<>();
    private final Map<String, EffectRecord> effects = new LinkedHashMap<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final List<DecisionRecord> decisions = new ArrayList<>();
    private final Map<String, Object> baseline = new LinkedHashMap<>();
    private final List<Note> timeline = new ArrayList<>();
    private final Instant startedAt;
    private final Map<String, String> holds = new LinkedHashMap<>();
    private final Set<String> blocking = new LinkedHashSet<>();
    private ReleaseState course = ReleaseState.SCHEDULED;
    private @Nullable String reason;
    private Runnable listener = () -> {};
    private Instant deployAt;
    private @Nullable Instant deployedAt;
    private @Nullable Instant endedAt;

    Journal(ReleaseRequest request, Instant now) {
        this.request = request;
        this.startedAt = now;
        this.deployAt = request.deployAt();
        ReleasePlan plan = request.plan();
        plan.phases().forEach(phase -> phases.put(phase.id(), pending(phase)));
        if (!plan.signOffs().isEmpty()) {
            phases.put(SIGN_OFF, signOffs(plan));
        }
        phases.values().forEach(this::house);
        if (plan.soak() != null) {
            plan.soak()
                    .windows()
                    .forEach(window -> windows.put(
                            window.id(), WindowRecord.pending(window.id(), window.title(), window.covers())));
        }
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
                        .map(Journal::pending)
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
                SIGN_OFF,
                "Sign-off",
                "at the end",
                StepState.PENDING,
                null,
                null,
                plan.signOffs().stream().map(Journal::pending).toList());
    }

    private static StepRecord pending(SignOff signOff) {
        return StepRecord.pending(signOff.id(), signOff.title(), "sign-off", signOff.covers());
    }

    // What the release is.

    ReleasePlan plan() {
        return request.plan();
    }

    ReleaseRequest request() {
        return request;
    }

    /** How the release stands: its course, unless something holds it or it waits for people. */
    ReleaseState state() {
        if (course.ended()) {
            return course;
        }
        if (!blocking.isEmpty()) {
            return ReleaseState.AWAITING_DECISION;
        }
        boolean held = !holds.isEmpty() && course != ReleaseState.ROLLING_BACK;
        return held ? ReleaseState.HELD : course;
    }

    /** Why it stands so. */
    @Nullable
    String reason() {
        if (course.ended()) {
            return reason;
        }
        if (!blocking.isEmpty()) {
            return questions.values().stream()
                    .filter(question -> blocking.contains(question.subject()))
                    .map(Question::title)
                    .collect(joining("; "));
        }
        return holds.isEmpty() ? reason : String.join("; ", holds.values());
    }

    /** Changes the course; the reason stands until the next change. */
    void enter(ReleaseState next, @Nullable String why) {
        if (next != course) {
            note(why == null ? next.name() : next + ": " + why);
        }
        course = next;
        reason = why;
        if (next.ended()) {
            endedAt = Waits.now();
        }
        changed();
    }

    ReleaseState course() {
        return course;
    }

    /** Holds the release at the next border, for a cause of the given name. */
    void hold(String cause, String why) {
        holds.put(cause, why);
        note(why);
        changed();
    }

    /** Ends a hold. */
    void unhold(String cause, String why) {
        if (holds.remove(cause) != null) {
            note(why);
            changed();
        }
    }

    /** Whether the hold that was begun with these words still stands. */
    boolean heldFor(String cause, String why) {
        return why.equals(holds.get(cause));
    }

    boolean held(String cause) {
        return holds.containsKey(cause);
    }

    boolean held() {
        return !holds.isEmpty();
    }

    /** Calls back after each change of what a page of the release shows: of steps only how many are settled. */
    void onChange(Runnable whenChanged) {
        listener = whenChanged;
    }

    private void changed() {
        listener.run();
    }

    void note(String text) {
        if (timeline.size() < MOST_NOTES) {
            timeline.add(new Note(Waits.now(), text));
        }
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant deployAt() {
        return deployAt;
    }

    void deployAt(Instant time) {
        deployAt = time;
    }

    @Nullable
    Instant deployedAt() {
        return deployedAt;
    }

    void deployed() {
        deployedAt = Waits.now();
    }

    // Phases and steps.

    PhaseRecord phase(String id) {
        return Objects.requireNonNull(phases.containsKey(id) ? phases.get(id) : rollback.get(id), id);
    }

    void phase(String id, UnaryOperator<PhaseRecord> change) {
        (phases.containsKey(id) ? phases : rollback).computeIfPresent(id, (key, phase) -> change.apply(phase));
        changed();
    }

    /** Adds the stages of the rollback to what will happen. */
    void beginRollback(List<PhaseRecord> stages) {
        stages.forEach(stage -> rollback.put(stage.id(), stage));
        stages.forEach(this::house);
    }

    StepRecord step(String id) {
        return home(id).step(id);
    }

    Stream<StepRecord> steps() {
        return Stream.concat(phases.values().stream(), rollback.values().stream())
                .flatMap(phase -> phase.steps().stream());
    }

    /** Changes a step's record. It counts as a change of the release when the step is settled by it, or no longer is. */
    void step(String id, UnaryOperator<StepRecord> change) {
        PhaseRecord home = home(id);
        StepRecord former = home.step(id);
        StepRecord next = change.apply(former);
        (phases.containsKey(home.id()) ? phases : rollback).put(home.id(), home.with(next));
        if (former.state().settled() != next.state().settled()) {
            changed();
        }
    }

    private PhaseRecord home(String step) {
        String phase = homes.get(step);
        if (phase == null) {
            throw new IllegalArgumentException("no step " + step);
        }
        return phase(phase);
    }

    private void house(PhaseRecord phase) {
        phase.steps().forEach(step -> homes.put(step.id(), phase.id()));
    }

    /** Keeps what was recorded ahead of a step's effect. */
    void before(String id, Record before) {
        step(id, step -> step.withBefore(json(before)));
    }

    /** Keeps a step's result. */
    void result(String id, Record result, String summary) {
        step(id, step -> step.withResult(json(result), Text.cut(summary, 300)));
    }

    private static JsonNode json(Record record) {
        return Json.mapper().valueToTree(record);
    }

    void baseline(String name, Object value) {
        baseline.put(name, value);
    }

    Map<String, Object> baseline() {
        return baseline;
    }

    // Soak.

    WindowRecord window(String id) {
        return Objects.requireNonNull(windows.get(id), id);
    }

    void window(String id, UnaryOperator<WindowRecord> change) {
        windows.computeIfPresent(id, (key, window) -> change.apply(window));
        changed();
    }

    // Effects.

    void effect(EffectRecord effect) {
        effects.put(effect.step(), effect);
    }

    void effect(String step, EffectState next, @Nullable String summary) {
        effects.computeIfPresent(step, (key, effect) -> effect.in(next, next.ended() ? Waits.now() : null, summary));
    }

    List<EffectRecord> effects() {
        return List.copyOf(effects.values());
    }

    boolean hasEffect(String step) {
        return effects.containsKey(step);
    }

    // People.

    /** Notes an open question; one that blocks makes the release await a decision. */
    void asked(Question question, boolean blocks) {
        questions.put(question.subject(), question);
        if (blocks) {
            blocking.add(question.subject());
        }
        changed();
    }

    void settled(String subject) {
        questions.remove(subject);
        blocking.remove(subject);
        changed();
    }

    List<Question> questions() {
        return List.copyOf(questions.values());
    }

    void decided(DecisionRecord decision) {
        decisions.add(decision);
    }

    /** Stage 1: the plan's moves in its order, then the undo of every serving effect that none of them names. */
    List<Rollback.Restore> restores() {
        List<Rollback.Restore> moves = new ArrayList<>(plan().rollback().restore());
        List<EffectRecord> begun = effects();
        for (int i = begun.size() - 1; i >= 0; i--) {
            EffectRecord effect = begun.get(i);
            boolean named = moves.stream().anyMatch(move -> move.undoes().contains(effect.step()));
            if (effect.undo() == Undo.RESTORE && !named) {
                moves.add(new Rollback.Restore(
                        "undo-" + effect.step(), "Undo: " + effect.title(), List.of(effect.step()), null, List.of()));
            }
        }
        return moves;
    }

    ReleaseRecord record() {
        return new ReleaseRecord(
                request.release(),
                plan().service(),
                plan().environment(),
                plan().title(),
                state(),
                reason(),
                request.requester(),
                request.planDigest(),
                request.parameters(),
                request.now(),
                startedAt,
                deployAt,
                deployedAt,
                endedAt,
                List.copyOf(phases.values()),
                List.copyOf(windows.values()),
                List.copyOf(rollback.values()),
                effects(),
                questions(),
                decisions,
                baseline,
                timeline);
    }
}
