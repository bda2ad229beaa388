package io.longwatch.sandbox.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.longwatch.sandbox.bridge.EventStore;
import io.longwatch.sandbox.bridge.EventStore.Unavailable;
import io.longwatch.sandbox.bridge.Webhook;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What version 1.9 has left behind when the release begins: its Deployment of two nodes, its Service, its tables without
 * the dead letters, its topic, and some events of people.
 */
final class FormerVersion {
    private static final int EVENTS = 12;

    private final Servers servers;
    private final EventStore store;

    FormerVersion(Servers servers, EventStore store) {
        this.servers = servers;
        this.store = store;
    }

    /** Deploys it to a cluster; its images are never pulled. */
    static void deploy(ClusterApi cluster, String registry) {
        cluster.apply(
                "/apis/apps/v1/namespaces/production/deployments/biometric-bridge",
                Resources.text("former-deployment.yaml").replace("REGISTRY", registry));
        cluster.apply("/api/v1/namespaces/production/services/biometric-bridge", Resources.text("former-service.yaml"));
    }

    /** Leaves its data. */
    void leaveData() throws IOException {
        try {
            createTables();
            createTopic();
            for (int i = 0; i < EVENTS; i++) {
                store.accept(event(i));
            }
        } catch (SQLException | Unavailable e) {
            throw new IOException("the former version's data could not be written: " + e.getMessage(), e);
        }
    }

    private void createTables() throws SQLException {
        try (Connection connection = servers.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Resources.text("former-schema.sql"));
        }
    }

    private void createTopic() throws IOException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(EventStore.TOPIC, 6, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the former version's topic is made", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the former version's topic could not be made: " + e.getMessage(), e);
        }
    }

    private static Webhook event(int number) {
        String user = "user_" + (1000 + number);
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("user_id", user)
                .put("event_type", "sleep.updated")
                .toString();
        return new Webhook("oura", user, "sleep.updated", body);
    }
}
