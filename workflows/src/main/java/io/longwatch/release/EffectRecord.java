package io.longwatch.release;

import io.longwatch.contract.Undo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An effect and what became of it.
 *
 * @param step step that had it
 * @param title the step's
 * @param action name of the action
 * @param undo when a rollback takes it back
 * @param state how it stands
 * @param recordedAt when its way back was recorded, ahead of the call
 * @param endedAt when its end was settled
 * @param summary in words
 */
public record EffectRecord(
        String step,
        String title,
        String action,
        Undo undo,
        EffectState state,
        Instant recordedAt,
        @Nullable Instant endedAt,
        @Nullable String summary) {
    EffectRecord in(EffectState next, @Nullable Instant end, @Nullable String inWords) {
        return new EffectRecord(step, title, action, undo, next, recordedAt, end, inWords == null ? summary : inWords);
    }
}
