package io.longwatch.release;

import io.longwatch.decision.Decision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the release judged it.
 *
 * @param decision what arrived
 * @param arrivedAt when it arrived at the release; deadlines count this
 * @param accepted whether it counts
 * @param person who it is by the worker's configuration
 * @param roles roles they held then
 * @param trust how the worker trusted
 * @param message what followed, or why it was refused
 */
public record DecisionRecord(
        Decision decision,
        Instant arrivedAt,
        boolean accepted,
        @Nullable String person,
        List<String> roles,
        String trust,
        String message) {
    public DecisionRecord {
        roles = List.copyOf(roles);
    }
}
