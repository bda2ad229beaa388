package io.longwatch.activities.http;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A base address that steps name their paths below.
 *
 * @param url {@code http://} or {@code https://} address, without credentials and query
 * @param bearer token sent to that address, none where absent
 * @param timeout for each answer, default 10 s
 */
public record HttpConnection(URI url, @Nullable Secret bearer, Duration timeout) implements Connection {
    public static final String KIND = "http";

    public HttpConnection(URI url, @Nullable Secret bearer, @Nullable Duration timeout) {
        this.url = checkedBase(url);
        this.bearer = bearer;
        this.timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * An address that paths can be added to, as it was given.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static URI checkedBase(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "url '" + Addresses.shown(url) + "' is no HTTP address; write https://host:port/path");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("url '" + Addresses.shown(url)
                    + "' holds credentials, a query or a fragment; write the address alone, secrets beside it");
        }
        return url;
    }
}
