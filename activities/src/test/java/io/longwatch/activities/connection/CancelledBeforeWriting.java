package io.longwatch.activities.connection;

import io.temporal.client.ActivityCanceledException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt that is cancelled while it works, and learns of it when it renews its lease to write. */
public final class CancelledBeforeWriting implements Invocation {
    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void heartbeat(@Nullable Object details) {}

    @Override
    public void renew(@Nullable Object details) {
        throw new ActivityCanceledException();
    }

    @Override
    public <T> Optional<T> lastHeartbeat(Class<T> type) {
        return Optional.empty();
    }
}
