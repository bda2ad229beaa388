package io.longwatch.system.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is started many times, and then looked at every so often. */
interface Soaking extends AutoCloseable {
    String name();

    JavaProcess worker();

    void start(String service);

    /** When the first look's interval began: looks are due a whole number of intervals later. */
    Instant startedAt(String service);

    /** What the server knows of the look to come. */
    String standing(String service);

    /** Ends all of them, so that the next kind has the server for itself. */
    void end(List<String> services);

    Duration interval();

    @Override
    void close();
}
