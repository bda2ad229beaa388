package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a PostgreSQL database is reached.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with {@code ?sslmode=verify-full} and the like, without
 *     credentials
 * @param user role that logs in
 * @param password its password; none for trust, peer or certificate authentication
 * @param schema schema that unqualified names mean; the role's search_path where absent
 * @param timeout for getting a connection, default 5 s
 */
public record PostgresConnection(
        String url,
        String user,
        @Nullable Secret password,
        @Nullable String schema,
        Duration timeout) implements Connection {
    public static final String KIND = "postgres";
    private static final String PREFIX = "jdbc:postgresql://";
    private static final Pattern CREDENTIALS = Pattern.compile("^[^?]*@|[?&](user|password|sslpassword)=");

    public PostgresConnection(
            String url, String user, @Nullable Secret password, @Nullable String schema, @Nullable Duration timeout) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new IllegalArgumentException("a PostgreSQL url holds no credentials; write user: and password:");
        }
        if (!url.startsWith(PREFIX) || url.length() == PREFIX.length()) {
            throw new IllegalArgumentException(
                    "url '" + url + "' is no PostgreSQL address; write " + PREFIX + "host:5432/database");
        }
        if (user == null || user.isBlank()) {
            throw new IllegalArgumentException(
                    "connection to " + url + " has no user; write user: and the role's name");
        }
        if (timeout != null && timeout.toMillis() < 250) {
            throw new IllegalArgumentException(
                    "timeout " + timeout + " of " + url + " is too short; write 5s or the like");
        }
        this.url = url;
        this.user = user;
        this.password = password;
        this.schema = schema;
        this.timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Host and database for messages: everything but the parameters. */
    public String address() {
        int parameters = url.indexOf('?');
        return url.substring(PREFIX.length(), parameters < 0 ? url.length() : parameters);
    }
}
