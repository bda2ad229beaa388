package io.longwatch.release;

import io.longwatch.contract.Undo;
import io.longwatch.plan.Rollback.Restore;
import java.util.ArrayList;
import java.util.List;

/** What a release would do to take back what its users feel: the first stage of its rollback, as things stand. */
final class RestoreMoves {
    private final Journal journal;

    RestoreMoves(Journal journal) {
        this.journal = journal;
    }

    /** The plan's moves in its order, then the undo of every serving effect that none of them names, the last first. */
    List<Restore> all() {
        List<Restore> moves = new ArrayList<>(journal.plan().rollback().restore());
        List<EffectRecord> begun = journal.effects();
        for (int i = begun.size() - 1; i >= 0; i--) {
            EffectRecord effect = begun.get(i);
            boolean named = moves.stream().anyMatch(move -> move.undoes().contains(effect.step()));
            if (effect.undo() == Undo.RESTORE && !named) {
                moves.add(undoOf(effect, moves));
            }
        }
        return moves;
    }

    private Restore undoOf(EffectRecord effect, List<Restore> moves) {
        List<String> taken = moves.stream().map(Restore::id).toList();
        return new Restore(
                freeId("undo-", effect.step(), taken),
                "Undo: " + effect.title(),
                List.of(effect.step()),
                null,
                List.of());
    }

    /** An id for taking a step back that nothing else has, not even in a plan that came past the validator. */
    String freeId(String prefix, String step, List<String> taken) {
        String id = prefix + step;
        while (journal.hasStep(id) || taken.contains(id)) {
            id = prefix + id;
        }
        return id;
    }
}
