package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.activities.connection.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One client per connection, opened when first asked for, shared, and closed with the worker. */
public final class KubernetesClients implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 15_000;

    private final Map<KubernetesConnection, KubernetesClient> clients = new ConcurrentHashMap<>();

    public KubernetesClient of(KubernetesConnection connection) {
        return clients.computeIfAbsent(connection, KubernetesClients::open);
    }

    /** Runs an action on the connection's cluster and names what goes wrong, in the terms of {@link Failures}. */
    public <R> R call(KubernetesConnection connection, Function<Cluster, R> action) {
        try {
            return action.apply(cluster(connection));
        } catch (KubernetesClientException e) {
            throw KubernetesFailures.of(connection.address(), e);
        } catch (Secret.SecretMissing e) {
            throw e.failure("credentials of Kubernetes at " + connection.address());
        }
    }

    Cluster cluster(KubernetesConnection connection) {
        KubernetesClient client = of(connection);
        String own = client.getNamespace() == null ? "default" : client.getNamespace();
        return new Cluster(client, connection.namespace() == null ? own : connection.namespace());
    }

    /** Temporal retries, so the client does not; the token is asked for anew with each request. */
    private static KubernetesClient open(KubernetesConnection connection) {
        Config config = new ConfigBuilder(base(connection))
                .withUserAgent(Release.MANAGER + "/1")
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config base(KubernetesConnection connection) {
        if (connection.kubeconfig() != null) {
            return Config.fromKubeconfig(
                    connection.context(), connection.kubeconfig().toFile());
        }
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(Objects.requireNonNull(connection.masterUrl()).toString())
                .withTrustCerts(connection.insecure())
                .withDisableHostnameVerification(connection.insecure());
        if (connection.caFile() != null) {
            config.withCaCertFile(connection.caFile().toString());
        }
        if (connection.token() != null) {
            config.withOauthTokenProvider(connection.token()::reveal);
        }
        return config.build();
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
        clients.clear();
    }
}
