package io.longwatch.sandbox.kubernetes;

import java.time.Instant;

/**
 * A request that reached the stand-in.
 *
 * @param at when, by the injected clock
 * @param verb as Kubernetes calls it: get, list, watch, create, update, patch, delete, deletecollection
 * @param resource "deployments", or the path where it speaks of no resource
 * @param namespace namespace, empty for none
 * @param name name, empty for a collection
 * @param subresource "scale", "log", or empty
 * @param userAgent the client's user agent
 * @param path path with query
 */
public record KubernetesRequest(
        Instant at,
        String verb,
        String resource,
        String namespace,
        String name,
        String subresource,
        String userAgent,
        String path) {
    public boolean writes() {
        return switch (verb) {
            case "create", "update", "patch", "delete", "deletecollection" -> !path.contains("dryRun=All");
            default -> false;
        };
    }
}
