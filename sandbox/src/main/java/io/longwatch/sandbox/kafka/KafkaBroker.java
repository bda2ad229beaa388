package io.longwatch.sandbox.kafka;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that is its own controller, within this process, on loopback and free ports, with its logs in a
 * temporary folder that is gone when it is closed. It is the real server, a cluster of one; its clock is the machine's.
 */
public final class KafkaBroker implements AutoCloseable {
    /** One of everything, small, and no waiting for others that never come. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.segment.bytes", "1048576"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("log.segment.bytes", "1048576"),
            Map.entry("log.index.size.max.bytes", "65536"),
            Map.entry("log.cleaner.enable", "false"),
            // In virtual time a message may be stamped days ahead of the broker's clock; nothing expires meanwhile.
            Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("controlled.shutdown.enable", "false"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("num.replica.fetchers", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("background.threads", "2"),
            Map.entry("metric.reporters", ""));

    // A broker that cannot go on ends its process, which here is everything else's as well.
    static {
        Exit.setExitProcedure(KafkaBroker::refuseToEnd);
        Exit.setHaltProcedure(KafkaBroker::refuseToEnd);
    }

    private final Properties settings;
    private final Path folder;
    private final int port;
    private KafkaRaftServer server;
    private boolean closed;

    private KafkaBroker(Properties settings, Path folder, int port) {
        this.settings = settings;
        this.folder = folder;
        this.port = port;
        this.server = run(settings);
    }

    private static KafkaRaftServer run(Properties settings) {
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException | Error e) {
            server.shutdown();
            throw e;
        }
    }

    private static void refuseToEnd(int status, @Nullable String why) {
        throw new IllegalStateException("the Kafka broker of the sandbox cannot go on (status " + status + "): "
                + (why == null ? "see the log" : why));
    }

    public static KafkaBroker start() throws IOException {
        int port = FreePort.find();
        return start(port, port);
    }

    /** Starts a broker that clients reach by another port of loopback than its own, which leads to it. */
    public static KafkaBroker behind(int advertisedPort) throws IOException {
        return start(FreePort.find(), advertisedPort);
    }

    private static KafkaBroker start(int port, int advertisedPort) throws IOException {
        Path folder = Files.createTempDirectory("longwatch-kafka");
        try {
            Properties settings = settings(folder, port, FreePort.find());
            settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
            format(folder);
            return new KafkaBroker(settings, folder, port);
        } catch (IOException | RuntimeException | Error e) {
            delete(folder);
            throw e;
        }
    }

    /** Address for a connection of kind kafka: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Path folder() {
        return folder;
    }

    /** Lets the broker be out of reach until it is started again. */
    public synchronized void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Starts a broker that was stopped on the same data and ports. */
    public synchronized void restart() {
        server = run(settings);
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            stop();
            delete(folder);
        }
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        var settings = new Properties();
        settings.putAll(SMALL);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        return settings;
    }

    private static void format(Path folder) throws IOException {
        var formatter = new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the broker's folder " + folder + " cannot be formatted", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(KafkaBroker::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
