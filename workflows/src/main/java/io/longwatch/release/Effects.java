package io.longwatch.release;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Json;
import io.longwatch.contract.Undo;
import io.longwatch.plan.ActionStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a release and their ways back: (input, before), recorded ahead of each call, so that an attempt that
 * dies after its effect can still be taken back.
 */
final class Effects {
    private final Journal journal;
    private final Map<String, Way> ways = new LinkedHashMap<>();
    private final Inheritance inheritance = new Inheritance();

    Effects(Journal journal) {
        this.journal = journal;
    }

    /** Ways back of the release whose place this one took. */
    Inheritance inheritance() {
        return inheritance;
    }

    /** Takes up the ways back of an earlier run. */
    void takeUp(Map<String, Map<String, Object>> inputs, ActionCatalog catalog) {
        journal.plan().actionSteps().forEach(step -> {
            Map<String, Object> input = inputs.get(step.id());
            if (input != null) {
                ActionSpec spec = catalog.get(step.uses());
                StepRecord recorded = journal.step(step.id());
                Class<? extends Record> type = Objects.requireNonNull(spec.before(), spec.name());
                Way way = record(step, spec, input, Json.mapper().convertValue(recorded.before(), type));
                if (recorded.result() != null) {
                    way.result = Json.mapper().convertValue(recorded.result(), spec.result());
                }
            }
        });
    }

    /** What each effect was called with, by step, in the order they began. */
    Map<String, Map<String, Object>> inputs() {
        Map<String, Map<String, Object>> inputs = new LinkedHashMap<>();
        ways.forEach((step, way) -> inputs.put(step, way.input()));
        return inputs;
    }

    /** Records the way back, ahead of the call. */
    void begin(ActionStep step, ActionSpec spec, Map<String, Object> input, Record before) {
        record(step, spec, input, before);
        journal.before(step.id(), before);
        journal.effect(new EffectRecord(
                step.id(), step.title(), spec.name(), step.undo(), EffectState.BEGUN, Waits.now(), null, null));
    }

    private Way record(ActionStep step, ActionSpec spec, Map<String, Object> input, Record before) {
        Way way = new Way(step, spec, input, before, inheritance.origin(step.id(), spec.name(), before));
        ways.put(step.id(), way);
        return way;
    }

    /** The call returned. */
    void done(String step, Record result, String summary) {
        Way way = ways.get(step);
        if (way != null) {
            way.result = result;
            journal.effect(step, EffectState.DONE, summary);
        }
    }

    /** The way back of a step's effect; null if it never began. */
    @Nullable
    Way way(String step) {
        return ways.get(step);
    }

    /** Whether a step's way back leads past the release whose place this one took. */
    boolean leadsPast(String step) {
        Way way = ways.get(step);
        return way != null && !way.origin().equals(way.before());
    }

    /**
     * From now on what stood before a step is what its way back leads to, for the plan's expressions too: the former
     * release's finding where that was taken over.
     */
    void turnBack() {
        ways.forEach((step, way) -> {
            if (leadsPast(step)) {
                journal.before(step, way.origin());
            }
        });
    }

    /**
     * What this release leaves to the one that takes its place: of each effect that a rollback would take back, and of
     * what it took over and never came to.
     */
    List<WayBack> waysBack() {
        Stream<WayBack> own = ways.values().stream()
                .filter(way -> way.step().undo() != Undo.KEEP)
                .map(way -> new WayBack(
                        way.step().id(),
                        way.step().title(),
                        way.spec().name(),
                        Json.mapper().valueToTree(way.origin())));
        return Stream.concat(own, notComeTo()).toList();
    }

    private Stream<WayBack> notComeTo() {
        return inheritance.ways().stream().filter(way -> !ways.containsKey(way.step()));
    }

    /** Effects that are still to be given an end, in the order they began. */
    List<EffectRecord> open() {
        return journal.effects().stream()
                .filter(effect -> !effect.state().ended())
                .toList();
    }

    /** Whether something that users feel has begun and may still be taken back. */
    boolean servingBegun() {
        return open().stream().anyMatch(effect -> effect.undo() == Undo.RESTORE);
    }

    /** Gives every effect that has no end yet the end KEPT, those that it took over and never came to among them. */
    void keepTheRest(String why) {
        open().forEach(effect -> journal.effect(effect.step(), EffectState.KEPT, why));
        notComeTo().filter(way -> !journal.hasEffect(way.step())).forEach(this::keep);
    }

    private void keep(WayBack way) {
        Instant now = Waits.now();
        journal.effect(new EffectRecord(
                way.step(),
                way.title(),
                way.action(),
                Undo.KEEP,
                EffectState.KEPT,
                now,
                now,
                "as " + journal.request().supersedes() + " left it, whose report has its way back"));
    }

    /** What is needed to take one effect back. */
    static final class Way {
        private final ActionStep step;
        private final ActionSpec spec;
        private final Map<String, Object> input;
        private final Record before;
        private final Record origin;
        private @Nullable Record result;

        private Way(ActionStep step, ActionSpec spec, Map<String, Object> input, Record before, Record origin) {
            this.step = step;
            this.spec = spec;
            this.input = input;
            this.before = before;
            this.origin = origin;
        }

        ActionStep step() {
            return step;
        }

        ActionSpec spec() {
            return spec;
        }

        Map<String, Object> input() {
            return input;
        }

        /** What the call relies on. */
        Record before() {
            return before;
        }

        /** What taking it back leads to: what stood before, or before the release whose place this one took. */
        Record origin() {
            return origin;
        }

        @Nullable
        Record result() {
            return result;
        }
    }
}
