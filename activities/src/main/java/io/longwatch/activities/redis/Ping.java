package io.longwatch.activities.redis;

import io.longwatch.actions.redis.PingResult;
import java.time.Duration;
import redis.clients.jedis.Jedis;

/** PING, and how long the answer took. */
final class Ping {
    private final Jedis jedis;

    Ping(Jedis jedis) {
        this.jedis = jedis;
    }

    PingResult run() {
        long before = System.nanoTime();
        String answer = jedis.ping();
        long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
        return new PingResult(answer, millis, answer + " in " + millis + " ms");
    }
}
