package io.longwatch.activities.slack;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a Slack workspace is reached.
 *
 * @param botToken the app's bot token, {@code xoxb-...}, with the scopes chat:write, channels:read, channels:history and,
 *     for private channels, groups:read and groups:history
 * @param baseUrl where the Web API is, for a stand-in on this machine; Slack's own where absent
 * @param timeout for each call, default 10 s
 */
public record SlackConnection(Secret botToken, @Nullable URI baseUrl, Duration timeout) implements Connection {
    public static final String KIND = "slack";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public SlackConnection(Secret botToken, @Nullable URI baseUrl, @Nullable Duration timeout) {
        if (baseUrl != null && !(baseUrl.getHost() != null && LOOPBACK.contains(baseUrl.getHost()))) {
            throw new IllegalArgumentException("baseUrl '" + baseUrl
                    + "' is not on this machine; it is for a stand-in on loopback, leave it out for Slack itself");
        }
        this.botToken = botToken;
        this.baseUrl = baseUrl;
        this.timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
