package io.longwatch.release;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Rollback;
import io.longwatch.text.Sha256;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes a release back in four stages: restore what users feel, verify it, look for lost data, clean up. Runs in a
 * detached scope; holds, freezes and pauses do not stop it. Every effect gets its end here, exactly once.
 */
final class RollbackRun {
    static final String RESTORE = "rollback.restore";
    static final String VERIFY = "rollback.verify";
    static final String DATA_LOSS = "rollback.data-loss";
    static final String CLEAN_UP = "rollback.clean-up";

    private static final Duration ASK = Duration.ofHours(4);
    private static final Duration LEAST_UNDO = Duration.ofMinutes(5);

    private final Course course;
    private final StepRunner steps;
    private boolean gaveUp;
    private boolean asksWhenRefused;

    RollbackRun(Course course, StepRunner steps) {
        this.course = course;
        this.steps = steps;
    }

    /** Runs the four stages and says how the release ends. */
    ReleaseState run(String reason) {
        journal().enter(ReleaseState.ROLLING_BACK, reason);
        asksWhenRefused = Change.ASKS_WHEN_REFUSED.known();
        course.effects().turnBack();
        boolean serving = course.effects().servingBegun();
        RestoreMoves moves = new RestoreMoves(journal());
        List<Rollback.Restore> restores = moves.all();
        List<CleanUp> cleanUps = cleanUps(moves, restores);
        journal().beginRollback(stages(restores, cleanUps));
        stage(RESTORE, true, () -> restores.forEach(this::restore));
        stage(VERIFY, serving, () -> course.plan().rollback().verify().forEach(this::check));
        stage(DATA_LOSS, serving, () -> course.plan().rollback().dataLoss().forEach(this::check));
        stage(CLEAN_UP, true, () -> cleanUps.forEach(this::cleanUp));
        course.effects().keepTheRest("stays as it is");
        boolean failed =
                gaveUp || journal().effects().stream().anyMatch(effect -> effect.state() == EffectState.FAILED);
        return failed ? ReleaseState.COMPENSATION_FAILED : ReleaseState.ROLLED_BACK;
    }

    private List<CleanUp> cleanUps(RestoreMoves moves, List<Rollback.Restore> restores) {
        List<EffectRecord> begun = new ArrayList<>(course.effects().open());
        begun.removeIf(effect -> effect.undo() != Undo.CLEANUP
                || restores.stream().anyMatch(move -> move.undoes().contains(effect.step())));
        Collections.reverse(begun);
        List<String> taken = restores.stream().map(Rollback.Restore::id).toList();
        return begun.stream()
                .map(effect -> new CleanUp(moves.freeId("clean-up-", effect.step(), taken), effect))
                .toList();
    }

    private List<PhaseRecord> stages(List<Rollback.Restore> restores, List<CleanUp> cleanUps) {
        Rollback rollback = course.plan().rollback();
        return List.of(
                stage(
                        RESTORE,
                        "Restore",
                        restores.stream()
                                .map(move -> StepRecord.pending(move.id(), move.title(), calls(move), move.covers()))
                                .toList()),
                stage(
                        VERIFY,
                        "Verify",
                        rollback.verify().stream().map(RollbackRun::pending).toList()),
                stage(
                        DATA_LOSS,
                        "Data loss",
                        rollback.dataLoss().stream().map(RollbackRun::pending).toList()),
                stage(
                        CLEAN_UP,
                        "Clean up",
                        cleanUps.stream()
                                .map(move -> StepRecord.pending(
                                        move.id(), "Undo: " + move.effect().title(), undoing(move.effect()), List.of()))
                                .toList()));
    }

    /** The activity that a restore runs, by which whoever looks on finds what it waits for. */
    private String calls(Rollback.Restore move) {
        ActionStep action = move.action();
        return action == null
                ? journal().effects().stream()
                        .filter(effect -> move.undoes().contains(effect.step()))
                        .map(RollbackRun::undoing)
                        .findFirst()
                        .orElse("undo")
                : action.uses();
    }

    private static String undoing(EffectRecord effect) {
        return effect.action() + ".undo";
    }

    private static StepRecord pending(ActionStep step) {
        return StepRecord.pending(step.id(), step.title(), step.uses(), step.covers());
    }

    private static PhaseRecord stage(String id, String title, List<StepRecord> records) {
        return new PhaseRecord(id, title, "rollback", StepState.PENDING, null, null, records);
    }

    private void stage(String id, boolean applies, Runnable work) {
        if (!applies) {
            String why = "nothing that users feel had been changed";
            journal()
                    .phase(id)
                    .steps()
                    .forEach(step -> journal()
                            .step(step.id(), record -> record.settled(StepState.NOT_APPLICABLE, Waits.now(), why)));
            journal().phase(id, phase -> phase.ended(StepState.NOT_APPLICABLE, Waits.now()));
            return;
        }
        journal().phase(id, phase -> phase.started(Waits.now()));
        work.run();
        boolean failed = journal().phase(id).steps().stream().anyMatch(step -> step.state() == StepState.FAILED);
        journal().phase(id, phase -> phase.ended(failed ? StepState.FAILED : StepState.PASSED, Waits.now()));
    }

    private void restore(Rollback.Restore move) {
        List<String> begun = move.undoes().stream().filter(journal()::hasEffect).toList();
        if (begun.isEmpty()) {
            journal()
                    .step(
                            move.id(),
                            step -> step.settled(StepState.NOT_APPLICABLE, Waits.now(), "its effect never began"));
        } else if (move.action() == null) {
            String step = begun.get(0);
            takeBack(move.id(), step, () -> restored(move.id(), step, undo(step)));
        } else {
            restoreBy(move, move.action(), begun);
        }
    }

    private void restoreBy(Rollback.Restore move, ActionStep action, List<String> undoes) {
        Optional<RuntimeException> givenUp = persist(move.id(), move.title(), undoes, () -> {
            act(move, action);
            undoes.forEach(step -> journal().effect(step, EffectState.REVERTED, "by " + move.title()));
        });
        givenUp.ifPresent(failure -> undoes.forEach(step -> leave(step, failure)));
    }

    private void act(Rollback.Restore move, ActionStep action) {
        ActionSpec spec = course.catalog().get(action.uses());
        if (!spec.hasEffect()) {
            steps.attempt(action);
            return;
        }
        Map<String, Object> input = course.scope().resolve(action.with());
        Record before = course.actions().before(spec, move.id(), move.title(), input);
        journal().before(move.id(), before);
        Record result = course.actions()
                .act(spec, move.id(), move.title(), action.timeout(), action.maxAttempts(), input, before);
        journal().result(move.id(), result, StepRunner.summary(result));
        if (action.expect() != null && !course.scope().holds(action.expect(), result)) {
            throw new StepFailed("expected " + action.expect() + "; found: " + StepRunner.summary(result));
        }
    }

    private void cleanUp(CleanUp move) {
        String step = move.effect().step();
        takeBack(move.id(), step, () -> cleanedUp(move.id(), step, undo(step)));
    }

    private void takeBack(String move, String step, Runnable work) {
        String title = "Undo: " + way(step).step().title();
        persist(move, title, List.of(step), work).ifPresent(failure -> leave(step, failure));
    }

    /** An effect that people gave up on. */
    private void leave(String step, RuntimeException failure) {
        boolean refused = failure instanceof UndoRefused;
        journal()
                .effect(
                        step,
                        refused ? EffectState.REFUSED : EffectState.FAILED,
                        "not taken back" + (refused ? ": " + failure.getMessage() : ""));
    }

    private Effects.Way way(String step) {
        return Objects.requireNonNull(course.effects().way(step), step);
    }

    /** Takes one effect back by its own undo. */
    private UndoResult undo(String step) {
        Effects.Way way = way(step);
        Duration timeout = way.step().timeout();
        return course.actions()
                .undo(
                        way.spec(),
                        step,
                        way.step().title(),
                        Durations.max(timeout, LEAST_UNDO),
                        way.input(),
                        way.origin(),
                        way.result());
    }

    /** What users feel is well again, or people are asked: a refusal leaves them with what the release brought. */
    private void restored(String move, String step, UndoResult undone) {
        journal().result(move, undone, undone.summary());
        if (undone.outcome() == UndoResult.Outcome.REFUSED && asksWhenRefused) {
            throw new UndoRefused(undone.summary());
        }
        journal().effect(step, state(undone.outcome()), undone.summary());
    }

    /** Users are well already: what refuses to be cleaned up stays, and the report tells it. */
    private void cleanedUp(String move, String step, UndoResult undone) {
        journal().result(move, undone, undone.summary());
        journal().effect(step, state(undone.outcome()), undone.summary());
        if (undone.outcome() == UndoResult.Outcome.REFUSED) {
            journal().step(move, record -> record.settled(StepState.OPEN, Waits.now(), undone.summary()));
        }
    }

    private static EffectState state(UndoResult.Outcome outcome) {
        return switch (outcome) {
            case REVERTED -> EffectState.REVERTED;
            case NOT_NEEDED -> EffectState.NOT_NEEDED;
            case REFUSED -> EffectState.REFUSED;
        };
    }

    private void check(ActionStep step) {
        persist(step.id(), step.title(), List.of(), () -> {
            if (step.when() == null || course.scope().holds(step.when())) {
                steps.attempt(step);
            } else {
                String why = step.when() + " does not hold";
                journal().step(step.id(), record -> record.settled(StepState.NOT_APPLICABLE, Waits.now(), why));
            }
        });
    }

    /** Does it, asking people when it fails for good; empty unless they give up, then with what they gave up on. */
    private Optional<RuntimeException> persist(String id, String title, List<String> undoes, Runnable work) {
        while (true) {
            journal().begin(id, true);
            try {
                work.run();
                journal()
                        .step(
                                id,
                                step -> step.state().settled()
                                        ? step
                                        : step.settled(StepState.PASSED, Waits.now(), null));
                return Optional.empty();
            } catch (ActivityFailure | StepFailed | UndoRefused | ExpressionFailed e) {
                String problem = Text.problem(e);
                journal().step(id, step -> step.settled(StepState.FAILED, Waits.now(), problem));
                journal().note("rollback step '" + id + "' failed: " + problem);
                Answer answer = course.desk().ask(question(id, title, problem), byHand());
                if (answer.is(Verb.ATTEST)) {
                    byHand(id, undoes, answer);
                    return Optional.empty();
                }
                if (!answer.is(Verb.RETRY)) {
                    gaveUp = true;
                    return Optional.of(e);
                }
            }
        }
    }

    private Rule byHand() {
        return course.edition().binds() ? Rule.shown("what was done by hand, and how it looks now") : Rule.first();
    }

    private void byHand(String id, List<String> undoes, Answer answer) {
        journal()
                .step(
                        id,
                        step -> step.answered(
                                StepState.ATTESTED, Waits.now(), answer.by(), answer.evidence(), answer.inWords()));
        undoes.forEach(step -> journal().effect(step, EffectState.REVERTED, "by hand: " + answer.inWords()));
    }

    private Question question(String id, String title, String problem) {
        return Questions.about(course, Question.Kind.ROLLBACK_STEP, id, "Rollback: '" + title + "' failed")
                .showing(List.of(problem, "attest: it was done by hand, with evidence; abort: give up"))
                .boundTo(Sha256.hex(id + "\n" + problem))
                .taking(List.of(Verb.RETRY, Verb.ATTEST, Verb.ABORT))
                .within(
                        course.plan().asking().deadlineOr(ASK),
                        "the rollback gives this up and ends COMPENSATION_FAILED");
    }

    private Journal journal() {
        return course.journal();
    }

    /** An effect that is taken back last, and the id of its step. */
    private record CleanUp(String id, EffectRecord effect) {}

    /** Taking it back would make things worse. Never leaves the rollback. */
    private static final class UndoRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndoRefused(String why) {
            super(why, null, false, false);
        }
    }
}
