package io.longwatch.activities.redis;

import io.longwatch.actions.redis.InfoResult;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** INFO, read into the figures that a release asks for. */
final class Info {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private final Jedis jedis;

    Info(Jedis jedis) {
        this.jedis = jedis;
    }

    InfoResult run() {
        Map<String, String> info = parse(jedis.info());
        long used = number(info, "used_memory");
        long max = number(info, "maxmemory");
        long limit = max > 0 ? max : number(info, "total_system_memory");
        long free = Math.max(0, limit - used);
        return new InfoResult(
                info.getOrDefault("redis_version", "unknown"),
                info.getOrDefault("role", "unknown"),
                used,
                max,
                free,
                number(info, "connected_clients"),
                number(info, "evicted_keys"),
                summary(limit, free, used));
    }

    /** A server in a container may tell neither a limit nor the machine's memory. */
    private static String summary(long limit, long free, long used) {
        String much = String.format(Locale.ROOT, "%.1f MiB used", used / (1024.0 * 1024));
        return limit == 0
                ? much + ", and the server tells no limit, so none counts as free"
                : String.format(Locale.ROOT, "%.1f GiB free, ", free / GIB) + much;
    }

    private static Map<String, String> parse(String info) {
        return info.lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }

    private static long number(Map<String, String> info, String key) {
        return Long.parseLong(info.getOrDefault(key, "0"));
    }
}
