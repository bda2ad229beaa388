package io.longwatch.starter.temporal;

import io.longwatch.release.ReleaseState;
import org.jspecify.annotations.Nullable;

/**
 * A release in a list.
 *
 * @param release its run
 * @param state how it stands; null if neither the server nor a worker knows
 */
public record ListedRelease(FoundRelease release, @Nullable ReleaseState state) {}
