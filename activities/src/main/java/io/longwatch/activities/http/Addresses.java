package io.longwatch.activities.http;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses as they may be shown, joined and compared. */
public final class Addresses {
    private Addresses() {}

    /** The address without user, fragment and the values of its query: what a message may show. */
    public static String shown(URI uri) {
        StringBuilder text = new StringBuilder();
        if (uri.getScheme() != null) {
            text.append(uri.getScheme()).append("://");
        }
        if (uri.getHost() != null) {
            text.append(uri.getHost());
        }
        if (uri.getPort() >= 0) {
            text.append(':').append(uri.getPort());
        }
        if (uri.getRawPath() != null) {
            text.append(uri.getRawPath());
        }
        return text.append(namesOf(uri.getRawQuery())).toString();
    }

    /** A path below a base, whether or not either has the slash between them. */
    public static URI below(URI base, String path) {
        String start = base.toString();
        String head = start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
        return URI.create(path.startsWith("/") ? head + path : head + "/" + path);
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static String namesOf(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .map(part -> part.contains("=") ? part.substring(0, part.indexOf('=')) + "=…" : "…")
                .collect(Collectors.joining("&", "?", ""));
    }
}
