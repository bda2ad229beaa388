package io.longwatch.activities.git;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.Addresses;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a remote Git repository is reached.
 *
 * @param url {@code https://host/team/repository.git} without credentials; {@code file:///} for a folder
 * @param user user of the token; {@code git} where absent
 * @param token password or access token
 * @param timeout for each answer of the remote, default 30 s
 */
public record GitConnection(
        URI url, @Nullable String user, @Nullable Secret token, Duration timeout) implements Connection {
    public static final String KIND = "git";

    public GitConnection(URI url, @Nullable String user, @Nullable Secret token, @Nullable Duration timeout) {
        String scheme = String.valueOf(url.getScheme());
        switch (scheme) {
            case "https", "file" -> {}
            case "http" -> checkLoopback(url);
            default ->
                throw new IllegalArgumentException(
                        "url '" + Addresses.shown(url.toString())
                                + "' is not served; write https://host/repository.git with user: and token:, ssh is not supported");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a Git url holds no credentials; write user: and token:");
        }
        this.url = url;
        this.user = user;
        this.token = token;
        this.timeout = timeout == null ? Duration.ofSeconds(30) : timeout;
    }

    private static void checkLoopback(URI url) {
        String host = String.valueOf(url.getHost());
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]")) {
            throw new IllegalArgumentException("url '" + Addresses.shown(url.toString())
                    + "' is not encrypted; write https:// (http only for this machine)");
        }
    }

    /** The user to name with the token. */
    public String userOrDefault() {
        return user == null ? "git" : user;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
