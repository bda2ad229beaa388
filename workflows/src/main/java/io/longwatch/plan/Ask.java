package io.longwatch.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked when something went wrong: how long people have, and what follows when nobody answers.
 *
 * @param deadline how long people have, or null for the default of the question
 * @param onDeadline {@code ABORT} or {@code ROLLBACK} when nobody says what to do about a failed step, or null: rollback
 *     once something that users feel was changed, abort before that
 */
public record Ask(@Nullable Duration deadline, @Nullable Outcome onDeadline) {
    /** As a plan without a word about it has it. */
    public static final Ask DEFAULT = new Ask(null, null);

    /** How long people have, unless the plan says otherwise. */
    public Duration deadlineOr(Duration otherwise) {
        return deadline == null ? otherwise : deadline;
    }
}
