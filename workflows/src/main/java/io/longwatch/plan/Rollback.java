package io.longwatch.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back. Stage 4, clean-up, follows from the steps' own {@code undo: cleanup}.
 *
 * @param restore stage 1, in order
 * @param verify stage 2: what shows that the former version serves again
 * @param dataLoss stage 3: what shows whether anything was lost
 */
public record Rollback(List<Restore> restore, List<ActionStep> verify, List<ActionStep> dataLoss) {
    public Rollback {
        restore = List.copyOf(restore);
        verify = List.copyOf(verify);
        dataLoss = List.copyOf(dataLoss);
    }

    /**
     * One move of stage 1.
     *
     * @param id unique in the plan
     * @param title for people
     * @param undoes steps whose effects it takes back; without an action exactly one, by its own undo
     * @param action an action to take instead of the steps' own undo, or null
     * @param covers boxes of the source checklist
     */
    public record Restore(
            String id,
            String title,
            List<String> undoes,
            @Nullable ActionStep action,
            List<Integer> covers) {
        public Restore {
            undoes = List.copyOf(undoes);
            covers = List.copyOf(covers);
        }
    }
}
