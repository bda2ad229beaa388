package io.longwatch.starter.view;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import java.time.Instant;

/** Where a release is shown as it goes on. */
public interface Screen extends AutoCloseable {
    /** Shows how it stands. */
    void show(ReleasePlan plan, ReleaseRecord record, Instant now);

    /** Leaves the last state standing. */
    @Override
    void close();
}
