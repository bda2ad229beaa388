package io.longwatch.release;

import java.util.List;

/**
 * What a release left to the one that takes its place.
 *
 * @param state how it ended
 * @param waysBack ways back of its effects that a rollback would have taken back; empty unless it gave its place up
 */
public record FormerRelease(ReleaseState state, List<WayBack> waysBack) {
    public FormerRelease {
        waysBack = waysBack == null ? List.of() : List.copyOf(waysBack);
    }
}
