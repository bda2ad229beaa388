package io.longwatch.activities.http;

import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses as they may be shown, joined and compared. */
public final class Addresses {
    private static final Pattern UP_TO_USER = Pattern.compile("^([A-Za-z0-9+.-]+://)?.*@", Pattern.DOTALL);

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

    /** A text that was to be an address, without what stands before its last @, which may be a password. */
    public static String shown(String text) {
        return UP_TO_USER.matcher(text).replaceFirst("$1…@");
    }

    /**
     * A path below a base, whether or not either has the slash between them.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if the path has a character that no address has
     */
    public static URI below(URI base, String path) {
        String start = base.toString();
        String head = start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
        String whole = path.startsWith("/") ? head + path : head + "/" + path;
        try {
            return new URI(whole);
        } catch (URISyntaxException e) {
            throw malformed(whole.substring(head.length()), e.getIndex() - head.length(), e.getReason());
        }
    }

    private static ApplicationFailure malformed(String path, int at, String reason) {
        if (at < 0 || at >= path.length()) {
            return Failures.invalid("url is no path of an address (" + reason + "); write /path/below");
        }
        String wrong = path.substring(at, path.offsetByCodePoints(at, 1));
        String encoded =
                HexFormat.of().withUpperCase().withPrefix("%").formatHex(wrong.getBytes(StandardCharsets.UTF_8));
        return Failures.invalid("url has '" + wrong + "' after '" + withoutQuery(path.substring(0, at))
                + "', which no address may have there; write " + encoded);
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query) + "?…";
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
