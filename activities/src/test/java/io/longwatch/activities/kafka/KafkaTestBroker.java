package io.longwatch.activities.kafka;

import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One broker, its own controller, within this process; started once for a test class. */
final class KafkaTestBroker implements AutoCloseable {
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private final KafkaRaftServer server;
    private final Path folder;
    private final int port;
    private final int guardedPort;

    private KafkaTestBroker(KafkaRaftServer server, Path folder, int port, int guardedPort) {
        this.server = server;
        this.folder = folder;
        this.port = port;
        this.guardedPort = guardedPort;
    }

    static KafkaTestBroker start() throws Exception {
        Path folder = Files.createTempDirectory("kafka-test");
        int port = FreePort.find();
        int guardedPort = FreePort.find();
        Properties settings = settings(folder, port, guardedPort, FreePort.find());
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
        var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return new KafkaTestBroker(server, folder, port, guardedPort);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    KafkaConnection connection() {
        return new KafkaConnection(bootstrapServers(), null, null, Duration.ofSeconds(10));
    }

    /** Through the listener that asks for user ann and her password, "right". */
    KafkaConnection guardedConnection(Secret jaas) {
        return new KafkaConnection(
                "127.0.0.1:" + guardedPort,
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN"),
                Map.of("sasl.jaas.config", jaas),
                Duration.ofSeconds(10));
    }

    static String jaas(String password) {
        return PLAIN + " required username=\"ann\" password=\"" + password + "\";";
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Properties settings(Path folder, int port, int guardedPort, int controllerPort) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",GUARDED://127.0.0.1:" + guardedPort + ",CONTROLLER://127.0.0.1:"
                        + controllerPort);
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("listener.name.guarded.sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.guarded.plain.sasl.jaas.config", PLAIN + " required user_ann=\"right\";");
        settings.put("log.dirs", folder.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("auto.create.topics.enable", "false");
        settings.put("controlled.shutdown.enable", "false");
        settings.put("log.cleaner.enable", "false");
        settings.put("log.index.size.max.bytes", "65536");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("num.replica.fetchers", "1");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("background.threads", "2");
        settings.put("metric.reporters", "");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }
}
