package io.longwatch.sandbox.kubernetes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request meets before it is served, and where it is written down: token, permissions, faults. */
final class Gate {
    private final KubernetesRequests requests = new KubernetesRequests();
    private final KubernetesFaults faults = new KubernetesFaults();
    private final KubernetesPermissions permissions = new KubernetesPermissions();
    private volatile @Nullable String token;

    KubernetesRequests requests() {
        return requests;
    }

    KubernetesFaults faults() {
        return faults;
    }

    KubernetesPermissions permissions() {
        return permissions;
    }

    void requireToken(String wanted) {
        token = wanted;
    }

    static KubernetesRequest describe(ApiRequest request, Instant now) {
        RequestPath path = RequestPath.parse(request.path()).orElse(null);
        boolean collection = path != null && path.key().name().isEmpty();
        return new KubernetesRequest(
                now,
                request.verb(collection),
                path == null ? request.path() : path.key().kind().plural(),
                path == null ? "" : path.key().namespace(),
                path == null ? "" : path.key().name(),
                path == null ? "" : path.subresource(),
                request.header("User-Agent"),
                request.uri());
    }

    void admit(ApiRequest request, KubernetesRequest described) {
        String wanted = token;
        if (wanted != null && !request.header("Authorization").equals("Bearer " + wanted)) {
            throw ApiError.unauthorized();
        }
        if (!permissions.allows(described.verb(), described.resource())) {
            RequestPath.parse(request.path()).ifPresent(path -> {
                throw ApiError.forbidden(path.key(), described.verb());
            });
        }
        fail(described, false);
    }

    /** The effect has happened; its answer may still be lost. */
    void release(KubernetesRequest described) {
        fail(described, true);
    }

    private void fail(KubernetesRequest described, boolean afterEffect) {
        faults.meet(described, afterEffect).ifPresent(error -> {
            throw error;
        });
    }

    void record(KubernetesRequest described, int code) {
        requests.add(described, code);
    }
}
