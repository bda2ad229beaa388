package io.longwatch.activities.redis;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a Redis server is reached.
 *
 * @param uri {@code redis://host:port/db} or {@code rediss://} for TLS, without credentials
 * @param user ACL user; the default user where absent
 * @param password password of that user
 * @param timeout for connecting and for each answer, default 5 s
 */
public record RedisConnection(
        URI uri, @Nullable String user, @Nullable Secret password, Duration timeout) implements Connection {
    public static final String KIND = "redis";

    public RedisConnection(URI uri, @Nullable String user, @Nullable Secret password, @Nullable Duration timeout) {
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            throw new IllegalArgumentException("uri '" + uri + "' is no Redis address; write redis://host:port");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a Redis uri holds no credentials; write user: and password:");
        }
        this.uri = uri;
        this.user = user;
        this.password = password;
        this.timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
