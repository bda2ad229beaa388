package io.longwatch.activities.git;

import io.longwatch.activities.connection.Invocation;
import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Turns progress of a transfer into heartbeats; a cancelled attempt stops the transfer. */
final class Progress implements ProgressMonitor {
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    private final Invocation invocation;
    private long last = System.nanoTime();
    private String task = "";

    Progress(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String title, int totalWork) {
        task = title;
    }

    @Override
    public void update(int completed) {
        long now = System.nanoTime();
        if (now - last > PAUSE) {
            last = now;
            invocation.heartbeat(task);
        }
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void showDuration(boolean enabled) {}
}
