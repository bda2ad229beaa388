package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The fields that a manager owns; read from and written as {@code fieldsV1}. */
record FieldSet(Set<FieldPath> paths) {
    static final FieldSet NONE = new FieldSet(Set.of());

    FieldSet {
        paths = Set.copyOf(paths);
    }

    /** The fields of an applied object: its leaves and the items of its lists. */
    static FieldSet of(JsonNode object) {
        Set<FieldPath> found = new LinkedHashSet<>();
        collect(FieldPath.ROOT, object, found);
        return new FieldSet(found);
    }

    private static void collect(FieldPath path, JsonNode node, Set<FieldPath> found) {
        if (node instanceof ObjectNode object && !object.isEmpty() && !Schema.isAtomicMap(path.elements())) {
            object.properties().forEach(e -> collect(path.field(e.getKey()), e.getValue(), found));
        } else if (node.isArray() && !Schema.keys(path.elements()).isEmpty()) {
            List<String> keys = Schema.keys(path.elements());
            node.forEach(item -> {
                found.add(path.item(item, keys));
                collect(path.item(item, keys), item, found);
            });
        } else if (node.isArray() && Schema.isSet(path.elements())) {
            node.forEach(item -> found.add(path.value(item)));
        } else {
            found.add(path);
        }
    }

    static FieldSet decode(JsonNode fieldsV1) {
        Set<FieldPath> found = new LinkedHashSet<>();
        decode(FieldPath.ROOT, fieldsV1, found);
        return new FieldSet(found);
    }

    private static void decode(FieldPath path, JsonNode node, Set<FieldPath> found) {
        node.properties().forEach(entry -> {
            if (entry.getKey().equals(".")) {
                found.add(path);
            } else if (entry.getValue().isEmpty()) {
                found.add(path.then(entry.getKey()));
            } else {
                decode(path.then(entry.getKey()), entry.getValue(), found);
            }
        });
    }

    ObjectNode encode() {
        ObjectNode fields = Tree.object();
        paths.stream().sorted((a, b) -> a.readable().compareTo(b.readable())).forEach(path -> mark(fields, path));
        return fields;
    }

    private void mark(ObjectNode fields, FieldPath path) {
        ObjectNode node = Tree.child(fields, path.elements().toArray(String[]::new));
        if (paths.stream().anyMatch(other -> !other.equals(path) && other.startsWith(path))) {
            node.putObject(".");
        }
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    FieldSet with(FieldSet other) {
        Set<FieldPath> all = new LinkedHashSet<>(paths);
        all.addAll(other.paths);
        return new FieldSet(all);
    }

    FieldSet without(FieldSet other) {
        return where(path -> !other.paths.contains(path));
    }

    FieldSet and(FieldSet other) {
        return where(other.paths::contains);
    }

    FieldSet where(Predicate<FieldPath> wanted) {
        return new FieldSet(paths.stream().filter(wanted).collect(Collectors.toSet()));
    }

    /** Whether a field at or below a path is among them. */
    boolean reaches(FieldPath path) {
        return paths.stream().anyMatch(own -> own.startsWith(path));
    }
}
