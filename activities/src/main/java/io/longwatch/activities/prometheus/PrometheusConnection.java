package io.longwatch.activities.prometheus;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.HttpConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a Prometheus server, or what speaks its API, is reached.
 *
 * @param url its address, with the route prefix if it has one
 * @param bearer token, where it asks for one
 * @param user user of basic authentication, with {@code password}
 * @param password password of that user
 * @param timeout for each answer, default 10 s; queries are given the same
 */
public record PrometheusConnection(
        URI url,
        @Nullable Secret bearer,
        @Nullable String user,
        @Nullable Secret password,
        Duration timeout) implements Connection {
    public static final String KIND = "prometheus";

    public PrometheusConnection(
            URI url,
            @Nullable Secret bearer,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Duration timeout) {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("user and password go together; write both, or neither");
        }
        if (bearer != null && user != null) {
            throw new IllegalArgumentException("a Prometheus connection has a bearer token or a user, not both");
        }
        this.url = HttpConnection.checkedBase(url);
        this.bearer = bearer;
        this.user = user;
        this.password = password;
        this.timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
