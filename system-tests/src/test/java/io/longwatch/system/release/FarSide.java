package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.system.parts.ControlPlane;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** What the servers themselves say was done to them, each asked directly. */
final class FarSide {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BRIDGE = "biometric-bridge";
    private static final String IMAGE = "auren/biometric-bridge";

    private final Site site;

    FarSide(Site site) {
        this.site = site;
    }

    /** Commits on main that the release made. */
    long commits() throws IOException {
        return site.source().messages().stream()
                .filter(message -> message.startsWith("Prefix the bridge's metrics"))
                .count();
    }

    /** Whether the tag of the version names one of main's commits. */
    boolean tagged() throws IOException {
        return site.source().tagged(site.version()).isPresent();
    }

    /** Digest of the version's image in the registry. */
    String imageDigest() {
        return site.world().registry().digest(IMAGE, site.version());
    }

    /** Partitions of each topic of the bridge. */
    Map<String, Integer> topics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.kafka().bootstrapServers()))) {
            Set<String> names = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith("biometric"))
                    .collect(Collectors.toSet());
            Map<String, Integer> partitions = new TreeMap<>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .forEach(
                            (topic, is) -> partitions.put(topic, is.partitions().size()));
            return partitions;
        }
    }

    List<String> tables() throws SQLException {
        return column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                + " AND table_name = ANY('{biometric_events,user_oauth_tokens,kafka_dlq}') ORDER BY 1");
    }

    /** Migrations that were written down as done. */
    List<String> migrations() throws SQLException {
        return column("SELECT name FROM longwatch_migrations ORDER BY 1");
    }

    /** How often the event of each test webhook was stored, by who sent it. */
    Map<String, Integer> testEvents() throws SQLException {
        Map<String, Integer> times = new TreeMap<>();
        column("SELECT source FROM biometric_events WHERE user_id LIKE 'test\\_%'")
                .forEach(source -> times.merge(source, 1, Integer::sum));
        return times;
    }

    private List<String> column(String sql) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + site.world().postgres().port() + "/" + site.database();
        try (var connection =
                        DriverManager.getConnection(url, site.world().postgres().user(), "");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    Deployment deployment() {
        return site.cluster()
                .apps()
                .deployments()
                .inNamespace(site.name())
                .withName(BRIDGE)
                .get();
    }

    /** Writes of the Deployment that the API server took from Longwatch, by its audit log. */
    long writes() {
        ControlPlane cluster = site.world().cluster();
        return cluster.writes("patch", "deployments", site.name(), BRIDGE)
                + cluster.writes("update", "deployments", site.name(), BRIDGE);
    }

    /** How often the Deployment's specification was changed, its creation included. */
    long generation() {
        return deployment().getMetadata().getGeneration();
    }

    /** Version of each revision in the rollout history. */
    Map<Integer, String> revisions() {
        Map<Integer, String> images = new TreeMap<>();
        for (ReplicaSet set : site.cluster()
                .apps()
                .replicaSets()
                .inNamespace(site.name())
                .withLabel("app", BRIDGE)
                .list()
                .getItems()) {
            images.put(
                    Integer.valueOf(set.getMetadata().getAnnotations().get("deployment.kubernetes.io/revision")),
                    set.getSpec().getTemplate().getMetadata().getLabels().get("version"));
        }
        return images;
    }

    /** Versions of the pods that are ready. */
    List<String> running() {
        return site.cluster().pods().inNamespace(site.name()).withLabel("app", BRIDGE).list().getItems().stream()
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .map(pod -> pod.getMetadata().getLabels().get("version"))
                .sorted()
                .toList();
    }

    /** What a command printed. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
