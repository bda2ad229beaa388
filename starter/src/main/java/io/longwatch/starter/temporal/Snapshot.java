package io.longwatch.starter.temporal;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;

/**
 * A release as it stands.
 *
 * @param plan the plan it was started with
 * @param record what it knows of itself, with what the open window has seen
 */
public record Snapshot(ReleasePlan plan, ReleaseRecord record) {}
