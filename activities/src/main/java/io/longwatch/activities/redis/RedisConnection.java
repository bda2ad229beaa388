package io.longwatch.activities.redis;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
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
        // Ahead of what repeats the uri. Not every uri with a user has a user info: not redis:ann:secret@host.
        if (uri.toString().contains("@")) {
            throw new IllegalArgumentException("a Redis uri holds no credentials; write user: and password:");
        }
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            throw new IllegalArgumentException("uri '" + uri + "' is no Redis address; write redis://host:port");
        }
        if (!Objects.requireNonNullElse(uri.getPath(), "").matches("/?|/[0-9]{1,4}")) {
            throw new IllegalArgumentException(
                    "uri '" + uri + "' names no database; write redis://host:port or redis://host:port/2");
        }
        this.uri = uri;
        this.user = user;
        this.password = password;
        this.timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
    }

    /** Number of the database; 0 where the address names none. */
    int database() {
        String path = Objects.requireNonNullElse(uri.getPath(), "");
        return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
