package io.longwatch.activities.kubernetes;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's API server is reached: by a kubeconfig and one of its contexts, or by an address and a token.
 *
 * @param kubeconfig kubeconfig file
 * @param context context of that file; its current one where absent
 * @param masterUrl address of the API server, where there is no kubeconfig
 * @param token bearer token for that address, read anew as it is used
 * @param caFile certificate authority of that address; the JDK's where absent
 * @param insecure accept any certificate; on loopback only; false by default
 * @param namespace namespace of steps that name none; the context's, or else default, where absent
 */
public record KubernetesConnection(
        @Nullable Path kubeconfig,
        @Nullable String context,
        @Nullable URI masterUrl,
        @Nullable Secret token,
        @Nullable Path caFile,
        Boolean insecure,
        @Nullable String namespace)
        implements Connection {
    public static final String KIND = "kubernetes";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    public KubernetesConnection(
            @Nullable Path kubeconfig,
            @Nullable String context,
            @Nullable URI masterUrl,
            @Nullable Secret token,
            @Nullable Path caFile,
            @Nullable Boolean insecure,
            @Nullable String namespace) {
        this.kubeconfig = kubeconfig;
        this.context = context;
        this.masterUrl = masterUrl;
        this.token = token;
        this.caFile = caFile;
        this.insecure = insecure != null && insecure;
        this.namespace = namespace;
        requireOneWay();
    }

    private void requireOneWay() {
        if ((kubeconfig == null) == (masterUrl == null)) {
            throw new IllegalArgumentException(
                    "a Kubernetes connection has one way: write kubeconfig: with context:, or masterUrl: with token:");
        }
        if (masterUrl == null && (token != null || caFile != null || insecure)) {
            throw new IllegalArgumentException(
                    "token, caFile and insecure belong to masterUrl; a kubeconfig holds its own");
        }
        if (masterUrl != null) {
            check(masterUrl, insecure);
        }
        if (masterUrl != null && context != null) {
            throw new IllegalArgumentException("context '" + context + "' belongs to a kubeconfig; leave it out");
        }
    }

    private static void check(URI masterUrl, boolean insecure) {
        if (masterUrl.toString().contains("@")) {
            throw new IllegalArgumentException("masterUrl holds no credentials; write token:");
        }
        String host = masterUrl.getHost();
        if (host == null || !("https".equals(masterUrl.getScheme()) || "http".equals(masterUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "masterUrl '" + masterUrl + "' is no address of an API server; write https://host:6443");
        }
        boolean open = insecure || "http".equals(masterUrl.getScheme());
        if (open && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("masterUrl '" + masterUrl
                    + "' without a checked certificate is for loopback only; write https:// and caFile:");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Where it leads, for messages. */
    String address() {
        return masterUrl != null ? masterUrl.toString() : "kubeconfig " + kubeconfig;
    }
}
