package io.longwatch.decision;

import java.time.Instant;

/**
 * What became of a decision.
 *
 * @param id the decision's
 * @param accepted whether it counts
 * @param message in words: what follows, or why it was refused
 * @param judgedAt when the release judged it
 */
public record DecisionOutcome(String id, boolean accepted, String message, Instant judgedAt) {}
