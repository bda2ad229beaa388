package io.longwatch.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a release ended: the workflow's result. The whole record is its {@code record} query's answer.
 *
 * @param release release id
 * @param state how it ended
 * @param reason why, or null
 * @param effects every effect's end
 */
public record ReleaseOutcome(
        String release, ReleaseState state, @Nullable String reason, List<EffectRecord> effects) {
    public ReleaseOutcome {
        effects = List.copyOf(effects);
    }
}
