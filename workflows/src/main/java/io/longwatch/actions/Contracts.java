package io.longwatch.actions;

import io.longwatch.actions.cloud.CloudActivities;
import io.longwatch.actions.command.CommandActivities;
import io.longwatch.actions.env.EnvActivities;
import io.longwatch.actions.git.GitActivities;
import io.longwatch.actions.grafana.GrafanaActivities;
import io.longwatch.actions.http.HttpActivities;
import io.longwatch.actions.image.ImageActivities;
import io.longwatch.actions.kafka.KafkaActivities;
import io.longwatch.actions.kubernetes.KubernetesActivities;
import io.longwatch.actions.postgres.PostgresActivities;
import io.longwatch.actions.prometheus.PrometheusActivities;
import io.longwatch.actions.redis.RedisActivities;
import io.longwatch.actions.secret.SecretActivities;
import io.longwatch.actions.slack.SlackActivities;
import io.longwatch.contract.ActionCatalog;
import java.util.List;

/** Every system's contract; the one list from which catalogue, schema, reference and registration are made. */
public final class Contracts {
    private static final List<Class<?>> ALL = List.of(
            CloudActivities.class,
            CommandActivities.class,
            EnvActivities.class,
            GitActivities.class,
            GrafanaActivities.class,
            HttpActivities.class,
            ImageActivities.class,
            KafkaActivities.class,
            KubernetesActivities.class,
            PostgresActivities.class,
            PrometheusActivities.class,
            RedisActivities.class,
            SecretActivities.class,
            SlackActivities.class);
    private static final ActionCatalog CATALOG = ActionCatalog.of(ALL);

    private Contracts() {}

    public static List<Class<?>> all() {
        return ALL;
    }

    /** The catalogue of all actions. */
    public static ActionCatalog catalog() {
        return CATALOG;
    }
}
