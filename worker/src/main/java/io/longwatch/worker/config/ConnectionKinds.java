package io.longwatch.worker.config;

import io.longwatch.activities.cloud.CloudConnection;
import io.longwatch.activities.command.CommandConnection;
import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.grafana.GrafanaConnection;
import io.longwatch.activities.http.HttpConnection;
import io.longwatch.activities.image.RegistryConnection;
import io.longwatch.activities.kafka.KafkaConnection;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.activities.postgres.PostgresConnection;
import io.longwatch.activities.prometheus.PrometheusConnection;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.activities.slack.SlackConnection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Kinds of connection a configuration can name, a line per system. */
public final class ConnectionKinds {
    private static final SortedMap<String, Class<? extends Connection>> ALL =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.<String, Class<? extends Connection>>ofEntries(
                    Map.entry(CloudConnection.KIND, CloudConnection.class),
                    Map.entry(CommandConnection.KIND, CommandConnection.class),
                    Map.entry(GitConnection.KIND, GitConnection.class),
                    Map.entry(GrafanaConnection.KIND, GrafanaConnection.class),
                    Map.entry(HttpConnection.KIND, HttpConnection.class),
                    Map.entry(RegistryConnection.KIND, RegistryConnection.class),
                    Map.entry(KafkaConnection.KIND, KafkaConnection.class),
                    Map.entry(KubernetesConnection.KIND, KubernetesConnection.class),
                    Map.entry(PostgresConnection.KIND, PostgresConnection.class),
                    Map.entry(PrometheusConnection.KIND, PrometheusConnection.class),
                    Map.entry(RedisConnection.KIND, RedisConnection.class),
                    Map.entry(SlackConnection.KIND, SlackConnection.class))));

    private ConnectionKinds() {}

    /** Record classes by kind. */
    public static SortedMap<String, Class<? extends Connection>> all() {
        return ALL;
    }
}
