package io.longwatch.activities.grafana;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.HttpConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a Grafana server is reached.
 *
 * @param url its address, with the path it is served under if there is one
 * @param token token of a service account that may write dashboards and query their data sources
 * @param timeout for each answer, default 15 s
 */
public record GrafanaConnection(URI url, Secret token, Duration timeout) implements Connection {
    public static final String KIND = "grafana";

    public GrafanaConnection(URI url, Secret token, @Nullable Duration timeout) {
        this.url = HttpConnection.checkedBase(url);
        this.token = Objects.requireNonNull(token, "a Grafana connection needs a token: {env: NAME} or {file: PATH}");
        this.timeout = timeout == null ? Duration.ofSeconds(15) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
