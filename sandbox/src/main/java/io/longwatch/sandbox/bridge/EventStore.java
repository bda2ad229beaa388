package io.longwatch.sandbox.bridge;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where the bridge keeps events: a row, then the message, then the mark in the row that the message was taken, and at last
 * the group's offset. An event that dies half-way is seen by its missing mark. One store serves all nodes of the sandbox.
 */
public final class EventStore implements AutoCloseable {
    /** Topic of events. */
    public static final String TOPIC = "biometric-events";
    /** Topic of what could not be processed. */
    public static final String DEAD_LETTERS = "biometric-events.dlq";
    /** Group whose offsets say what was stored. */
    public static final String GROUP = "biometric-bridge-writer";

    private static final String INSERT =
            "INSERT INTO biometric_events (user_id, source, event_type, payload, received_at)"
                    + " VALUES (?, ?, ?, ?::jsonb, ?) RETURNING id";
    private static final String PUBLISHED = "UPDATE biometric_events SET published_at = ? WHERE id = ?";
    private static final String DEAD =
            "INSERT INTO kafka_dlq (user_id, source, payload, error, failed_at) VALUES (?, ?, ?, ?, ?)";

    private final String jdbcUrl;
    private final String user;
    private final String bootstrapServers;
    private final Clock clock;
    private final Set<String> taken = new HashSet<>();
    private @Nullable Connection database;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable KafkaConsumer<byte[], byte[]> group;

    public EventStore(String jdbcUrl, String user, String bootstrapServers, Clock clock) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /**
     * Stores and publishes an event.
     *
     * @throws Unavailable if database or broker did not take it
     */
    public void accept(Webhook event) throws Unavailable {
        accept(event, null);
    }

    /**
     * Stores and publishes an event, once for each key: whoever sends it again, since the first answer got lost, gets the
     * same answer and no second event.
     *
     * @param key the sender's Idempotency-Key, or null for none
     * @throws Unavailable if database or broker did not take it
     */
    public synchronized void accept(Webhook event, @Nullable String key) throws Unavailable {
        if (key != null && taken.contains(key)) {
            return;
        }
        store(event);
        if (key != null) {
            taken.add(key);
        }
    }

    private void store(Webhook event) throws Unavailable {
        Instant now = clock.instant();
        try {
            long id = insert(event, now);
            RecordMetadata message = send(TOPIC, event.userId(), event.payload(), now);
            mark(id, now);
            commit(message);
        } catch (SQLException e) {
            throw new Unavailable("the database did not take the event: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps what is no event.
     *
     * @throws Unavailable if database or broker did not take it
     */
    synchronized void bury(String source, String body, String error) throws Unavailable {
        Instant now = clock.instant();
        send(DEAD_LETTERS, source, body, now);
        try (PreparedStatement dead = database().prepareStatement(DEAD)) {
            dead.setString(1, null);
            dead.setString(2, source);
            dead.setString(3, body);
            dead.setString(4, error);
            dead.setObject(5, at(now));
            dead.executeUpdate();
        } catch (SQLException e) {
            throw new Unavailable("the database did not take the dead letter: " + e.getMessage(), e);
        }
    }

    private long insert(Webhook event, Instant now) throws SQLException {
        try (PreparedStatement insert = database().prepareStatement(INSERT)) {
            insert.setString(1, event.userId());
            insert.setString(2, event.source());
            insert.setString(3, event.eventType());
            insert.setString(4, event.payload());
            insert.setObject(5, at(now));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void mark(long id, Instant now) throws SQLException {
        try (PreparedStatement published = database().prepareStatement(PUBLISHED)) {
            published.setObject(1, at(now));
            published.setLong(2, id);
            published.executeUpdate();
        }
    }

    private RecordMetadata send(String topic, String key, String value, Instant now) throws Unavailable {
        try {
            return producer()
                    .send(new ProducerRecord<>(topic, null, now.toEpochMilli(), bytes(key), bytes(value)))
                    .get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while the broker takes the event", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new Unavailable("the broker did not take the event: " + e.getMessage(), e);
        }
    }

    private void commit(RecordMetadata message) {
        group().commitSync(Map.of(
                new TopicPartition(message.topic(), message.partition()), new OffsetAndMetadata(message.offset() + 1)));
    }

    private Connection database() throws SQLException {
        Connection known = database;
        if (known == null || known.isClosed()) {
            known = DriverManager.getConnection(jdbcUrl, user, "");
            database = known;
        }
        return known;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.block.ms", "5000"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    private KafkaConsumer<byte[], byte[]> group() {
        KafkaConsumer<byte[], byte[]> known = group;
        if (known == null) {
            known = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "group.id", GROUP, "enable.auto.commit", "false"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            commitBeginnings(known);
            group = known;
        }
        return known;
    }

    /** As a consumer that was given all partitions does, also for those that hold nothing yet. */
    private static void commitBeginnings(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        consumer.committed(partitions).forEach((partition, committed) -> {
            if (committed == null) {
                beginnings.put(partition, new OffsetAndMetadata(0));
            }
        });
        consumer.commitSync(beginnings);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() throws SQLException {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
        if (group != null) {
            group.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
        if (database != null) {
            database.close();
        }
    }

    /** Database or broker did not take something. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
