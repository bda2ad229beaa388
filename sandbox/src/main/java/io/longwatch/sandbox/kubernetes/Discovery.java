package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What clients ask before anything else: version, groups and resources. */
final class Discovery {
    static final String ACCESS_REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String AUTHORIZATION = "authorization.k8s.io";

    private Discovery() {}

    static Optional<ApiAnswer> answer(String path) {
        List<String> parts = List.of(path.substring(1).split("/", -1));
        return switch (parts.get(0)) {
            case "healthz", "livez", "readyz" -> Optional.of(ApiAnswer.text("ok"));
            case "version" -> Optional.of(ApiAnswer.ok(version()));
            case "api" -> api(parts);
            case "apis" -> apis(parts);
            default -> Optional.empty();
        };
    }

    private static ObjectNode version() {
        return Tree.object()
                .put("major", "1")
                .put("minor", "33")
                .put("gitVersion", "v1.33.0+longwatch-sandbox")
                .put("gitCommit", "0000000")
                .put("gitTreeState", "clean")
                .put("buildDate", "2025-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "linux/amd64");
    }

    private static Optional<ApiAnswer> api(List<String> parts) {
        if (parts.size() == 1) {
            ObjectNode versions = Tree.object().put("kind", "APIVersions").put("apiVersion", "v1");
            versions.putArray("versions").add("v1");
            versions.putArray("serverAddressByClientCIDRs");
            return Optional.of(ApiAnswer.ok(versions));
        }
        return parts.size() == 2 ? resources("", parts.get(1)) : Optional.empty();
    }

    private static Optional<ApiAnswer> apis(List<String> parts) {
        if (parts.size() == 1) {
            ObjectNode groups = Tree.object().put("kind", "APIGroupList").put("apiVersion", "v1");
            ArrayNode list = groups.putArray("groups");
            groups().forEach(group -> list.add(group(group)));
            return Optional.of(ApiAnswer.ok(groups));
        }
        if (parts.size() == 2 && groups().anyMatch(parts.get(1)::equals)) {
            ObjectNode group = group(parts.get(1)).put("kind", "APIGroup").put("apiVersion", "v1");
            return Optional.of(ApiAnswer.ok(group));
        }
        return parts.size() == 3 ? resources(parts.get(1), parts.get(2)) : Optional.empty();
    }

    private static Stream<String> groups() {
        Stream<String> stored = Kinds.ALL.stream().map(Kind::group).filter(group -> !group.isEmpty());
        return Stream.concat(stored, Stream.of(AUTHORIZATION)).distinct();
    }

    private static ObjectNode group(String name) {
        String version = Kinds.ALL.stream()
                .filter(kind -> kind.group().equals(name))
                .map(Kind::version)
                .findFirst()
                .orElse("v1");
        ObjectNode served =
                Tree.object().put("groupVersion", name + "/" + version).put("version", version);
        ObjectNode group = Tree.object().put("name", name);
        group.putArray("versions").add(served);
        group.set("preferredVersion", served.deepCopy());
        return group;
    }

    private static Optional<ApiAnswer> resources(String group, String version) {
        ObjectNode list = Tree.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        Kinds.ALL.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .forEach(kind -> describe(kind, resources));
        if (group.equals(AUTHORIZATION)) {
            resource(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview", false, List.of("create"));
        }
        return resources.isEmpty() ? Optional.empty() : Optional.of(ApiAnswer.ok(list));
    }

    private static void describe(Kind kind, ArrayNode resources) {
        List<String> verbs = List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
        ObjectNode described = resource(resources, kind.plural(), kind.name(), kind.namespaced(), verbs);
        described.put("singularName", kind.name().toLowerCase(Locale.ROOT));
        ArrayNode shortNames = described.putArray("shortNames");
        kind.shortNames().forEach(shortNames::add);
        for (String sub : kind.subresources()) {
            String name = kind.plural() + "/" + sub;
            if (sub.equals("scale")) {
                resource(resources, name, "Scale", kind.namespaced(), List.of("get", "patch", "update"))
                        .put("group", "autoscaling")
                        .put("version", "v1");
            } else {
                resource(resources, name, kind.name(), kind.namespaced(), List.of("get", "patch", "update"));
            }
        }
    }

    private static ObjectNode resource(
            ArrayNode resources, String name, String kind, boolean namespaced, List<String> verbs) {
        ObjectNode resource = resources.addObject();
        resource.put("name", name)
                .put("singularName", "")
                .put("namespaced", namespaced)
                .put("kind", kind);
        ArrayNode list = resource.putArray("verbs");
        verbs.forEach(list::add);
        return resource;
    }
}
