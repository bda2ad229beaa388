package io.longwatch.activities.image;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.Addresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a container registry is reached.
 *
 * @param host {@code host} or {@code host:port}, without scheme and path
 * @param user user to log in with, together with {@code password}
 * @param password password or token of that user
 * @param insecure plain HTTP, for a registry on this machine only, to which jib sends no credentials; default false
 * @param cacheDirectory where layers of base images are kept between builds to save time; nothing relies on it
 * @param timeout for each answer, default 30 s
 */
public record RegistryConnection(
        String host,
        @Nullable String user,
        @Nullable Secret password,
        Boolean insecure,
        @Nullable Path cacheDirectory,
        Duration timeout)
        implements Connection {
    public static final String KIND = "image";

    public RegistryConnection(
            String host,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Boolean insecure,
            @Nullable Path cacheDirectory,
            @Nullable Duration timeout) {
        if (host == null || !host.matches("([A-Za-z0-9.-]+|\\[[0-9a-f:]+])(:[0-9]+)?")) {
            throw new IllegalArgumentException("host '" + Addresses.shown(String.valueOf(host))
                    + "' is no registry; write host or host:port, without scheme, path and user");
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("registry " + host + " has only one of user: and password:; write both");
        }
        if (Boolean.TRUE.equals(insecure) && !host.matches("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?")) {
            throw new IllegalArgumentException(
                    "registry " + host + " is not on this machine; remove insecure: and serve it by TLS");
        }
        this.host = host;
        this.user = user;
        this.password = password;
        this.insecure = Boolean.TRUE.equals(insecure);
        this.cacheDirectory = cacheDirectory;
        this.timeout = timeout == null ? Duration.ofSeconds(30) : timeout;
    }

    /** Where its API is served. */
    URI api() {
        String served = host.equals("docker.io") ? "registry-1.docker.io" : host;
        return URI.create((insecure ? "http://" : "https://") + served + "/v2/");
    }

    @Override
    public String kind() {
        return KIND;
    }
}
