package io.longwatch.release;

import java.time.Instant;

/**
 * A line of the release's timeline.
 *
 * @param at when
 * @param text what happened
 */
public record Note(Instant at, String text) {}
