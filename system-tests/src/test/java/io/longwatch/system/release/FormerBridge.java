package io.longwatch.system.release;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.longwatch.sandbox.bridge.EventStore;
import io.longwatch.sandbox.bridge.Webhook;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.sandbox.world.SandboxWorld;
import io.longwatch.system.parts.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Version 1.9 of the bridge as an earlier release left it: two nodes, a Service, tables, a topic, some events. */
final class FormerBridge {
    /** Table without a key, for what is to be counted. */
    static final String COUNTED = "effects_counted";

    private static final List<String> REPOSITORY =
            List.of("bridge.py", "requirements.txt", "Dockerfile", "docs/runbook.md");
    private static final int EVENTS = 12;

    private final ControlPlane cluster;
    private final String namespace;
    private final String registry;

    FormerBridge(ControlPlane cluster, String namespace, String registry) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.registry = registry;
    }

    /** Writes the files of its repository into a folder. */
    static Path repository(Path folder) throws IOException {
        for (String file : REPOSITORY) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text("repository/" + file));
        }
        return folder;
    }

    /** Makes its database with its tables; returns the database's name. */
    static String makeDatabase(EmbeddedPostgres server, String site) throws SQLException {
        String database = databaseOf(site);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, server.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(text("former-schema.sql"));
            statement.execute("CREATE TABLE " + COUNTED + " (what text NOT NULL)");
        }
        return database;
    }

    /** Makes an empty database for a ledger; returns its name. */
    static String makeLedger(EmbeddedPostgres server, String site) throws SQLException {
        String ledger = databaseOf(site) + "_ledger";
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + ledger);
        }
        return ledger;
    }

    static String databaseOf(String site) {
        return site.replace('-', '_');
    }

    void namespaces() {
        cluster.createNamespace(namespace);
        cluster.createNamespace(namespace + "-monitoring");
    }

    /** Deploys it and waits until both nodes are ready. */
    void deploy(Map<String, String> secrets) {
        KubernetesClient client = cluster.client();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("biometric-bridge-secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(secrets)
                        .build())
                .create();
        apply(client, "former-deployment.yaml");
        apply(client, "former-service.yaml");
        await("version 1.9 on two nodes")
                .atMost(Duration.ofMinutes(3))
                .until(() -> Integer.valueOf(2)
                        .equals(client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName("biometric-bridge")
                                .get()
                                .getStatus()
                                .getReadyReplicas()));
    }

    private void apply(KubernetesClient client, String file) {
        String manifest =
                text(file).replace("REGISTRY", registry).replace("namespace: production", "namespace: " + namespace);
        client.resource(manifest)
                .inNamespace(namespace)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("longwatch")
                        .build());
    }

    /** Leaves its topic and the events of some people. */
    void leaveData(EventStore store, String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(EventStore.TOPIC, 6, (short) 1)))
                    .all()
                    .get();
        }
        for (int i = 0; i < EVENTS; i++) {
            String user = "user_" + (1000 + i);
            store.accept(new Webhook(
                    "oura",
                    user,
                    "sleep.updated",
                    "{\"user_id\": \"" + user + "\", \"event_type\": \"sleep.updated\"}"));
        }
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(SandboxWorld.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
