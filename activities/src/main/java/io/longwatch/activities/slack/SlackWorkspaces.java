package io.longwatch.activities.slack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clients by connection, each made once: they hold sockets and know the channels' ids. */
public final class SlackWorkspaces {
    private final Map<SlackConnection, SlackApi> byConnection = new ConcurrentHashMap<>();

    public SlackApi of(SlackConnection connection) {
        return byConnection.computeIfAbsent(connection, SlackApi::new);
    }
}
