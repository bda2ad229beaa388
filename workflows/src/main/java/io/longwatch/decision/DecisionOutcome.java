package io.longwatch.decision;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * What became of a decision.
 *
 * @param id the decision's
 * @param accepted whether it counts
 * @param message in words: what follows, or why it was refused
 * @param judgedAt when the release judged it
 */
// In a narrow row of the Temporal UI only the first field is seen.
@JsonPropertyOrder("message")
public record DecisionOutcome(String id, boolean accepted, String message, Instant judgedAt) {}
