package io.longwatch.release;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Undo;
import io.longwatch.plan.ActionStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a release and their ways back: (input, before), recorded ahead of each call, so that an attempt that
 * dies after its effect can still be taken back.
 */
final class Effects {
    private final Journal journal;
    private final Map<String, Way> ways = new LinkedHashMap<>();

    Effects(Journal journal) {
        this.journal = journal;
    }

    /** Records the way back, ahead of the call. */
    void begin(ActionStep step, ActionSpec spec, Map<String, Object> input, Record before) {
        ways.put(step.id(), new Way(step, spec, input, before));
        journal.before(step.id(), before);
        journal.effect(new EffectRecord(
                step.id(), step.title(), spec.name(), step.undo(), EffectState.BEGUN, Waits.now(), null, null));
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

    /** Effects that are still to be given an end, in the order they began. */
    List<EffectRecord> open() {
        return journal.effects().stream()
                .filter(effect -> !effect.state().ended())
                .toList();
    }

    /** Whether something that users feel has begun. */
    boolean servingBegun() {
        return journal.effects().stream().anyMatch(effect -> effect.undo() == Undo.RESTORE);
    }

    /** Gives every effect that has no end yet the end KEPT. */
    void keepTheRest(String why) {
        open().forEach(effect -> journal.effect(effect.step(), EffectState.KEPT, why));
    }

    /** What is needed to take one effect back. */
    static final class Way {
        private final ActionStep step;
        private final ActionSpec spec;
        private final Map<String, Object> input;
        private final Record before;
        private @Nullable Record result;

        private Way(ActionStep step, ActionSpec spec, Map<String, Object> input, Record before) {
            this.step = step;
            this.spec = spec;
            this.input = input;
            this.before = before;
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

        Record before() {
            return before;
        }

        @Nullable
        Record result() {
            return result;
        }
    }
}
