package io.longwatch.sandbox.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the API speaks of.
 *
 * @param key kind, namespace (empty for none or all) and name (empty for a collection)
 * @param subresource empty for the object itself
 */
record RequestPath(ObjectKey key, String subresource) {
    /** Empty where the path is not one of a resource that the stand-in knows. */
    static Optional<RequestPath> parse(String path) {
        List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return resource("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return resource(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<RequestPath> resource(String group, String version, List<String> rest) {
        boolean inNamespace = rest.get(0).equals("namespaces")
                && rest.size() > 2
                && !List.of("status", "finalize").contains(rest.get(2));
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> parts = inNamespace ? rest.subList(2, rest.size()) : rest;
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource = parts.size() > 2 ? parts.get(2) : "";
        return Kinds.find(group, version, parts.get(0))
                .filter(kind -> subresource.isEmpty() || kind.subresources().contains(subresource))
                .map(kind -> new RequestPath(new ObjectKey(kind, namespace, name), subresource));
    }
}
