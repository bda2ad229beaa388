package io.longwatch.sandbox.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The requests that were made, so that effects can be counted where they arrive. Refused ones are among them. */
public final class KubernetesRequests {
    private record Answered(KubernetesRequest request, int code) {}

    private final List<Answered> answered = new CopyOnWriteArrayList<>();

    KubernetesRequests() {}

    void add(KubernetesRequest request, int code) {
        answered.add(new Answered(request, code));
    }

    public List<KubernetesRequest> all() {
        return answered.stream().map(Answered::request).toList();
    }

    /** Writes that succeeded. */
    public List<KubernetesRequest> writes() {
        return answered.stream()
                .filter(a -> a.code() < 300 && a.request().writes())
                .map(Answered::request)
                .toList();
    }

    /** How many writes with that verb to that object succeeded. */
    public long writes(String verb, String resource, String name) {
        return writes().stream()
                .filter(r -> r.verb().equals(verb)
                        && r.resource().equals(resource)
                        && r.name().equals(name))
                .count();
    }

    public long count(Predicate<KubernetesRequest> wanted) {
        return all().stream().filter(wanted).count();
    }

    public void clear() {
        answered.clear();
    }
}
