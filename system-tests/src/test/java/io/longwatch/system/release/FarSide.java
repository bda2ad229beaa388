package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** What the servers themselves say was done to them, each asked directly. */
final class FarSide {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMMIT = "Prefix the bridge's metrics";
    private static final String BRIDGE = "biometric-bridge";
    private static final String IMAGE = "auren/biometric-bridge";

    private final Site site;

    FarSide(Site site) {
        this.site = site;
    }

    /** Commits on main that the release made. */
    long commits() throws IOException {
        return site.source().messages().stream()
                .filter(message -> message.startsWith(COMMIT))
                .count();
    }

    /** Whether the tag of the version names one of main's commits. */
    boolean tagged() throws IOException {
        return site.source().tagged(site.version()).isPresent();
    }

    /** How often main was pushed to a commit of the release, by the remote's own log of its references. */
    long pushes() {
        return site.bare("log", "-g", "--format=%s", "main").stream()
                .filter(subject -> subject.startsWith(COMMIT))
                .count();
    }

    /** How often the tag of the version was pushed. */
    int tagPushes() {
        return lines(Path.of(site.source().url()).resolve("logs/refs/tags/" + site.version()))
                .size();
    }

    /** How often an image was put under the version's tag. */
    long imagePushes() {
        return site.world().registry().pushes(IMAGE, site.version());
    }

    /** Rows of the migration that says nothing of what is there. */
    List<String> counted() throws SQLException {
        return column("SELECT what FROM " + FormerBridge.COUNTED);
    }

    /** How many versions of the dashboard there are. */
    int dashboards() {
        return site.dashboard().at("/meta/version").asInt();
    }

    /** How often each message of a release stands in Slack, by its key. */
    Map<String, Integer> messages(String release) {
        Map<String, Integer> times = new TreeMap<>();
        site.slack().messages().stream()
                .map(message -> message.metadata().at("/event_payload/key").asText())
                .filter(key -> key.startsWith(release + "/"))
                .forEach(key -> times.merge(key, 1, Integer::sum));
        return times;
    }

    /** Keys of the test webhooks that a node took, each once; more of a key is the same webhook again. */
    Set<String> webhookKeys() {
        return site.balancer().posted().stream()
                .map(PlayedLoadBalancer.Posted::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What Longwatch wrote to the bridge's Deployment. */
    Writes deploymentWrites() {
        return writes("deployments", site.name(), BRIDGE);
    }

    /** What it wrote to its Service. */
    Writes serviceWrites() {
        return writes("services", site.name(), BRIDGE);
    }

    /** What it wrote to the ConfigMap that Prometheus' sidecar collects. */
    Writes monitoringWrites() {
        return writes("configmaps", site.monitoring(), BRIDGE + "-monitoring");
    }

    private Writes writes(String resource, String namespace, String name) {
        return Writes.to(site.world().cluster().auditLog(), resource, namespace, name);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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
