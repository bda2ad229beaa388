package io.longwatch.activities.cloud;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cloud provider is reached.
 *
 * @param provider {@code aws}, the only one served
 * @param region region of the resources: {@code eu-central-1}
 * @param endpointOverride address in place of the provider's own
 * @param accessKeyId access key, together with {@code secretAccessKey}; without them the worker's own identity is used,
 *     as the SDK finds it (variables, profile, role of the pod or machine)
 * @param secretAccessKey secret of that access key
 * @param timeout for each answer, default 10 s
 */
public record CloudConnection(
        String provider,
        String region,
        @Nullable URI endpointOverride,
        @Nullable Secret accessKeyId,
        @Nullable Secret secretAccessKey,
        Duration timeout)
        implements Connection {
    public static final String KIND = "cloud";

    public CloudConnection(
            @Nullable String provider,
            String region,
            @Nullable URI endpointOverride,
            @Nullable Secret accessKeyId,
            @Nullable Secret secretAccessKey,
            @Nullable Duration timeout) {
        if (provider != null && !provider.equals("aws")) {
            throw new IllegalArgumentException("provider '" + provider + "' is not served; write aws");
        }
        if (region == null || !region.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("region '" + region + "' is no region; write one as eu-central-1");
        }
        if ((accessKeyId == null) != (secretAccessKey == null)) {
            throw new IllegalArgumentException(
                    "only one of accessKeyId and secretAccessKey is given; write both, or none to use the worker's own"
                            + " identity");
        }
        this.provider = "aws";
        this.region = region;
        this.endpointOverride = endpointOverride;
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
