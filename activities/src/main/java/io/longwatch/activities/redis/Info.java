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
        return new InfoResult(
                info.getOrDefault("redis_version", "unknown"),
                info.getOrDefault("role", "unknown"),
                used,
                max,
                limit - used,
                number(info, "connected_clients"),
                number(info, "evicted_keys"),
                String.format(
                        Locale.ROOT, "%.1f GiB free, %.1f MiB used", (limit - used) / GIB, used / (1024.0 * 1024)));
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
