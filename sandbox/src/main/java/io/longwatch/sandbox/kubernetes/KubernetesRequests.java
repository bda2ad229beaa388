package io.longwatch.sandbox.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests that were made, so that effects can be counted where they arrive. */
public final class KubernetesRequests {
    private record Answered(KubernetesRequest request, int code) {}

    private final List<Answered> answered = new CopyOnWriteArrayList<>();

    KubernetesRequests() {}

    void add(KubernetesRequest request, int code) {
        answered.add(new Answered(request, code));
    }

    /** How many writes with that verb to that object succeeded. */
    public long writes(String verb, String resource, String name) {
        return answered.stream()
                .filter(a -> a.code() < 300 && a.request().writes())
                .map(Answered::request)
                .filter(r -> r.verb().equals(verb)
                        && r.resource().equals(resource)
                        && r.name().equals(name))
                .count();
    }
}
