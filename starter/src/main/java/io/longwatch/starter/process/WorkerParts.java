package io.longwatch.starter.process;

import io.longwatch.worker.LongwatchWorker.Parts;
import java.util.List;

/** What a worker runs besides the systems' actions: workflows, and the activities that serve only these. */
final class WorkerParts {
    private static final List<Class<?>> WORKFLOWS = List.of();

    private WorkerParts() {}

    static Parts all() {
        return new Parts(WORKFLOWS, context -> List.of());
    }
}
