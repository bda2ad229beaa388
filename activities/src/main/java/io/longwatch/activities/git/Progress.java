package io.longwatch.activities.git;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Pulse;
import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Turns progress of a transfer into heartbeats; a cancelled attempt stops the transfer. Heartbeats until it is closed, also
 * while the remote says nothing and while files are read or written.
 */
final class Progress implements ProgressMonitor, AutoCloseable {
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    private final Invocation invocation;
    private final Pulse pulse;
    private long last = System.nanoTime();
    private volatile String task = "connecting";

    Progress(Invocation invocation) {
        this.invocation = invocation;
        this.pulse = Pulse.calm(() -> invocation.heartbeat(task));
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

    @Override
    public void close() {
        pulse.close();
    }
}
