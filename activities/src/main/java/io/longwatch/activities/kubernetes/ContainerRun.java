package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a container, as far as the cluster tells.
 *
 * @param startedAt when it began, to the second
 * @param finishedAt when it ended, to the second; absent while it goes on
 */
record ContainerRun(@Nullable Instant startedAt, @Nullable Instant finishedAt) {
    /** Times of a log are finer than those of the cluster. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What a process may take to its first line. A file of a log that is full before that is not noticed. */
    private static final Duration FIRST_LINE = Duration.ofSeconds(30);

    static ContainerRun of(@Nullable ContainerState state) {
        if (state != null && state.getRunning() != null) {
            return new ContainerRun(instant(state.getRunning().getStartedAt()), null);
        }
        if (state != null && state.getTerminated() != null) {
            ContainerStateTerminated ended = state.getTerminated();
            return new ContainerRun(instant(ended.getStartedAt()), instant(ended.getFinishedAt()));
        }
        return new ContainerRun(null, null);
    }

    private static @Nullable Instant instant(@Nullable String time) {
        return time == null || time.isEmpty() ? null : Instant.parse(time);
    }

    boolean hasBegunBy(Instant instant) {
        return startedAt != null && !startedAt.isAfter(instant);
    }

    boolean hasEnded() {
        return finishedAt != null;
    }

    boolean hasEndedBefore(Instant instant) {
        return finishedAt != null && finishedAt.isBefore(instant);
    }

    /** Whether a log whose oldest line is of that time has all that this run wrote since an instant. */
    boolean isToldFrom(Instant oldest, Instant since) {
        return !oldest.isAfter(since.plus(SECOND))
                || (startedAt != null && !oldest.isAfter(startedAt.plus(FIRST_LINE)));
    }
}
