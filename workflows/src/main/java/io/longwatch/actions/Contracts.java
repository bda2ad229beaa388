package io.longwatch.actions;

import io.longwatch.actions.redis.RedisActivities;
import io.longwatch.actions.slack.SlackActivities;
import io.longwatch.contract.ActionCatalog;
import java.util.List;

/** Every system's contract; the one list from which catalogue, schema, reference and registration are made. */
public final class Contracts {
    private static final List<Class<?>> ALL = List.of(RedisActivities.class, SlackActivities.class);
    private static final ActionCatalog CATALOG = ActionCatalog.of(ALL);

    private Contracts() {}

    public static List<Class<?>> all() {
        return ALL;
    }

    /** The catalogue of all actions. */
    public static ActionCatalog catalog() {
        return CATALOG;
    }
}
