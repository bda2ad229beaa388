package io.longwatch.sandbox.kubernetes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the stand-in's one user may not do. Everything else is allowed. */
public final class KubernetesPermissions {
    private record Denied(String verb, String resource) {}

    private final Set<Denied> denied = ConcurrentHashMap.newKeySet();

    KubernetesPermissions() {}

    /** From now on the verb on the resource is answered with 403; {@code deny("patch", "deployments")}. */
    public void deny(String verb, String resource) {
        denied.add(new Denied(verb, resource));
    }

    boolean allows(String verb, String resource) {
        return !denied.contains(new Denied(verb, resource));
    }
}
