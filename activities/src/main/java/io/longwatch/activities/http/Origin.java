package io.longwatch.activities.http;

import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a step's addresses lead: below a connection, through a tunnel, or wherever they say themselves.
 *
 * @param base what paths are added to; absent where only absolute addresses will do
 * @param bearer token of the connection, sent nowhere but below its base
 * @param timeout the connection's
 * @param tunnelled whether base is the local end of a tunnel
 */
record Origin(@Nullable URI base, @Nullable Secret bearer, Duration timeout, boolean tunnelled) {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    static Origin anywhere() {
        return new Origin(null, null, DEFAULT_TIMEOUT, false);
    }

    static Origin of(HttpConnection connection) {
        return new Origin(connection.url(), connection.bearer(), connection.timeout(), false);
    }

    /** The same credentials at the local end of a tunnel. */
    Origin through(Tunnel tunnel) {
        return new Origin(URI.create("http://127.0.0.1:" + tunnel.localPort()), bearer, timeout, true);
    }

    URI resolve(String url) {
        boolean absolute = url.matches("(?i)[a-z][a-z0-9+.-]*://.*");
        if (!absolute && base == null) {
            throw Failures.invalid(
                    "url '" + url + "' is a path; write an absolute address, or name a connection or via");
        }
        return absolute || base == null ? checked(parse(url)) : Addresses.below(base, url);
    }

    private URI checked(URI uri) {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw Failures.invalid("url '" + Addresses.shown(uri) + "' is no HTTP address; write https://host/path");
        }
        if (uri.getUserInfo() != null) {
            throw Failures.invalid("url '" + Addresses.shown(uri) + "' holds credentials; name secrets under 'auth'");
        }
        if (tunnelled) {
            throw Failures.invalid(
                    "url '" + Addresses.shown(uri) + "' is absolute; through a port-forward write a path");
        }
        if (base != null && !Addresses.sameOrigin(base, uri)) {
            throw Failures.invalid("url '" + Addresses.shown(uri) + "' is not below the connection's "
                    + Addresses.shown(base) + "; leave the connection out, or write a path");
        }
        return uri;
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw Failures.invalid("url is no address (" + e.getReason() + " at position " + e.getIndex()
                    + "); write https://host/path with special characters percent-encoded");
        }
    }
}
