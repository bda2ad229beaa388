package io.longwatch.plan.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads of located nodes that keep silent about what does not fit; the readers report it. */
final class Nodes {
    private Nodes() {}

    static List<Located.Mapping> mappings(Located.Mapping node, String field) {
        return node.get(field).orElse(null) instanceof Located.Sequence list
                ? list.items().stream()
                        .filter(Located.Mapping.class::isInstance)
                        .map(Located.Mapping.class::cast)
                        .toList()
                : List.of();
    }

    static boolean isEmptyList(Located node) {
        return node instanceof Located.Sequence list && list.items().isEmpty();
    }

    /** The names of a field that has one, or a list of them. */
    static List<String> names(Located.Mapping node, String field) {
        Located value = node.get(field).orElse(null);
        Stream<Located> items =
                value instanceof Located.Sequence list ? list.items().stream() : Stream.ofNullable(value);
        return items.filter(Located.Scalar.class::isInstance)
                .map(item -> ((Located.Scalar) item).text())
                .toList();
    }

    static Optional<Located.Scalar> text(Located.Mapping node, String field) {
        return node.get(field)
                .filter(Located.Scalar.class::isInstance)
                .map(Located.Scalar.class::cast)
                .filter(scalar -> scalar.value() instanceof String);
    }
}
