package io.longwatch.sandbox.demo;

import java.util.Arrays;

/** Whether activities are at work, told by the thread names that the SDK gives them. */
final class BusyActivities {
    boolean any() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("Activity Executor"))
                .anyMatch(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().contains("ActivityTaskExecutors")));
    }
}
