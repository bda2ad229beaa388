package io.longwatch.activities.kafka;

import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Clients for one action each: secrets are read anew, and nothing is left open between steps. */
final class Clients {
    private final KafkaConnection connection;

    Clients(KafkaConnection connection) {
        this.connection = connection;
    }

    Admin admin() {
        Properties properties = properties();
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw KafkaFailures.ofConfiguration(connection, e);
        }
    }

    /** A consumer of committed messages that belongs to no group, commits nothing and creates no topic. */
    Consumer<byte[], byte[]> consumer() {
        Properties properties = properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // What expires while it is read is counted, not skipped over.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A slow line must bring one answer within the time of an attempt; a larger message comes all the same.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(1 << 20));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(1 << 18));
        // What is read is there already; a broker need not hold a request open until more arrives.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try {
            return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaFailures.ofConfiguration(connection, e);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(connection.properties());
        connection.secretProperties().forEach((name, secret) -> properties.put(name, secret.reveal()));
        String timeout = Long.toString(connection.timeout().toMillis());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "longwatch");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        return properties;
    }
}
