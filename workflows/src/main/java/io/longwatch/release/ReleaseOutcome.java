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
 * @param continuedIn workflow in which its last attestations go on, or null when this is the end
 * @param waysBack what it leaves to the release that takes its place; empty unless it gave it up
 */
public record ReleaseOutcome(
        String release,
        ReleaseState state,
        @Nullable String reason,
        List<EffectRecord> effects,
        @Nullable String continuedIn,
        List<WayBack> waysBack) {
    public ReleaseOutcome {
        effects = List.copyOf(effects);
        waysBack = waysBack == null ? List.of() : List.copyOf(waysBack);
    }
}
