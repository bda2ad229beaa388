package io.longwatch.worker.config;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.activities.slack.SlackConnection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Kinds of connection a configuration can name, a line per system. */
public final class ConnectionKinds {
    private static final SortedMap<String, Class<? extends Connection>> ALL =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.<String, Class<? extends Connection>>ofEntries(
                    Map.entry(RedisConnection.KIND, RedisConnection.class),
                    Map.entry(SlackConnection.KIND, SlackConnection.class))));

    private ConnectionKinds() {}

    /** Record classes by kind. */
    public static SortedMap<String, Class<? extends Connection>> all() {
        return ALL;
    }
}
