package io.longwatch.system.release;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.longwatch.system.install.Manifests;
import io.longwatch.system.parts.ControlPlane;

/** The account of a worker and what it may do, by the manifests of {@code install/kubernetes} and by nothing else. */
final class Access {
    /** The account, as the API server knows it. */
    static final String USER = "system:serviceaccount:longwatch:longwatch-production";

    private static final String NAMESPACE = "longwatch";
    private static final String ACCOUNT = "longwatch-production";
    private static final long HOURS = 6;

    private final ControlPlane cluster;
    private final String access = Manifests.made("access");

    private Access(ControlPlane cluster) {
        this.cluster = cluster;
    }

    /** Makes the account. */
    static Access on(ControlPlane cluster) {
        Manifests.apply(cluster, Manifests.made("worker"));
        return new Access(cluster);
    }

    /** Lets it release services in a namespace. */
    void allowIn(String namespace) {
        Manifests.apply(cluster, access.replace("namespace: production", "namespace: " + namespace));
    }

    /** A token with which it logs in, as a pod of it would be given. */
    String token() {
        return cluster.client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(HOURS * 3600)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
