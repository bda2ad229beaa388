package io.longwatch.activities.kafka;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a Kafka cluster is reached.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param properties settings of Kafka's clients that are no secret: {@code security.protocol}, {@code sasl.mechanism}
 * @param secretProperties settings that are: {@code sasl.jaas.config}, {@code ssl.keystore.password}
 * @param timeout for each answer, default 10 s
 */
public record KafkaConnection(
        String bootstrapServers, Map<String, String> properties, Map<String, Secret> secretProperties, Duration timeout)
        implements Connection {
    public static final String KIND = "kafka";
    private static final Pattern SERVERS = Pattern.compile("[^\\s,/@]+:\\d{1,5}(\\s*,\\s*[^\\s,/@]+:\\d{1,5})*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|jaas\\.config|keystore\\.key)$");

    public KafkaConnection(
            String bootstrapServers,
            @Nullable Map<String, String> properties,
            @Nullable Map<String, Secret> secretProperties,
            @Nullable Duration timeout) {
        if (!SERVERS.matcher(bootstrapServers).matches()) {
            throw new IllegalArgumentException("bootstrapServers '" + bootstrapServers
                    + "' are no addresses of Kafka brokers; write host:9092,host:9092");
        }
        if (timeout != null && timeout.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "timeout " + timeout + " of " + bootstrapServers + " is too short; write 10s or the like");
        }
        this.bootstrapServers = bootstrapServers;
        this.properties = properties == null ? Map.of() : Map.copyOf(properties);
        this.secretProperties = secretProperties == null ? Map.of() : Map.copyOf(secretProperties);
        this.timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
        for (String name : new TreeMap<>(this.properties).keySet()) {
            if (SECRET.matcher(name).matches()) {
                throw new IllegalArgumentException("property " + name + " of " + bootstrapServers
                        + " is a secret; write it under secretProperties: {" + name + ": {env: NAME}}");
            }
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
