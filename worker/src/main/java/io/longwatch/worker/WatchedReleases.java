package io.longwatch.worker;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The soaking releases of an environment as the watchdog knows them: which there are, what was seen of each, and when it has
 * to be seen again. Gone by one thread; what was found may be read by any.
 */
final class WatchedReleases {
    private final Map<WorkflowExecution, Seen> known = new HashMap<>();
    private final Set<WorkflowExecution> listed = new HashSet<>();
    private ByteString next = ByteString.EMPTY;
    private boolean allListed;
    private boolean allSeen;
    private volatile @Nullable Found found;

    /**
     * What was seen of a release.
     *
     * @param open windows that are open
     * @param unwatched of these without a look
     * @param again when it has to be seen again
     */
    record Seen(long open, long unwatched, Instant again) {
        static Seen never() {
            return new Seen(0, 0, Instant.MIN);
        }

        boolean isNever() {
            return again.equals(Instant.MIN);
        }
    }

    /**
     * What was found of all.
     *
     * @param open windows that are open
     * @param unwatched of these without a look
     * @param at when
     */
    record Found(long open, long unwatched, Instant at) {}

    Optional<Found> found() {
        return Optional.ofNullable(found);
    }

    /** Where the next page of the list begins; empty for the first. */
    ByteString next() {
        return next;
    }

    /** Takes a page of the list. After the last, releases that stood on none are forgotten. */
    void listed(List<WorkflowExecution> page, ByteString after) {
        page.forEach(release -> known.putIfAbsent(release, Seen.never()));
        listed.addAll(page);
        next = after;
        if (after.isEmpty()) {
            known.keySet().retainAll(listed);
            listed.clear();
            allListed = true;
        }
    }

    /** The next page is the first. */
    void beginAnew() {
        next = ByteString.EMPTY;
        listed.clear();
    }

    /** Releases that have to be seen, those first that were not for longest. */
    List<WorkflowExecution> due(Instant now, int most) {
        return known.entrySet().stream()
                .filter(each -> !each.getValue().again().isAfter(now))
                .sorted(Comparator.comparing(each -> each.getValue().again()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a release was seen to have an unwatched window. */
    boolean unwatched(WorkflowExecution release) {
        return known.getOrDefault(release, Seen.never()).unwatched() > 0;
    }

    void seen(WorkflowExecution release, Seen seen) {
        known.put(release, seen);
    }

    /** Ends a round: what is known by now is what was found. */
    void settle(Instant now) {
        allSeen = allSeen || (allListed && known.values().stream().noneMatch(Seen::isNever));
        long open = known.values().stream().mapToLong(Seen::open).sum();
        long unwatched = known.values().stream().mapToLong(Seen::unwatched).sum();
        // The first that nobody watches is told of at once, before all were seen.
        found = allSeen || unwatched > 0 ? new Found(open, unwatched, now) : null;
    }
}
