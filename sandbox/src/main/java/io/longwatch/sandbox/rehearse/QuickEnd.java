package io.longwatch.sandbox.rehearse;

import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;

/** Worker options with which an in-memory environment closes in tens of milliseconds. */
final class QuickEnd {
    static final WorkerFactoryOptions FACTORY = WorkerFactoryOptions.newBuilder()
            .setShutdownCheckInterval(Duration.ofMillis(20))
            .build();

    private QuickEnd() {}
}
