package io.longwatch.report;

import io.longwatch.release.StepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that answers a box.
 *
 * @param id step, window, check or box
 * @param title for people
 * @param state how it answers: a box state
 * @param evidence what it shows, in a line
 * @param who person who answered for it
 * @param when when it was settled
 */
public record Covering(
        String id,
        String title,
        StepState state,
        @Nullable String evidence,
        @Nullable String who,
        @Nullable Instant when) {
    Covering as(StepState other, String why) {
        return new Covering(id, title, other, why, who, when);
    }
}
