package io.longwatch.worker.slack;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. */
final class Threads {
    private Threads() {}

    /** As many as there is work, none of which waits in a queue. */
    static ExecutorService named(String name) {
        return Executors.newCachedThreadPool(factory(name));
    }

    /** One that does things when they are due. */
    static ScheduledExecutorService scheduled(String name) {
        return Executors.newSingleThreadScheduledExecutor(factory(name));
    }

    private static ThreadFactory factory(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
