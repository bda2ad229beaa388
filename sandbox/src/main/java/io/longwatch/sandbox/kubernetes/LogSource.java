package io.longwatch.sandbox.kubernetes;

import java.time.Instant;
import java.util.List;

/** What a container writes, as a function of time: asked again for every read, it must answer the same. */
@FunctionalInterface
public interface LogSource {
    LogSource SILENT = (container, from, to) -> List.of();

    /** Lines written from one instant (inclusive) to another (exclusive), in order of time. */
    List<Line> lines(PodModel.Container container, Instant from, Instant to);

    /** A line, without its line break. */
    record Line(Instant at, String text) {}
}
