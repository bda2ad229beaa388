package io.longwatch.sandbox.prometheus.promql;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a series, the metric's name among them as {@code __name__}.
 *
 * @param all sorted by name
 */
public record Labels(SortedMap<String, String> all) {
    public static final String NAME = "__name__";
    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    public Labels {
        all = Collections.unmodifiableSortedMap(new TreeMap<>(all));
    }

    public static Labels of(Map<String, String> labels) {
        return new Labels(new TreeMap<>(labels));
    }

    /** The label's value, empty where there is no such label. */
    public String get(String name) {
        return all.getOrDefault(name, "");
    }

    Labels only(Collection<String> names) {
        SortedMap<String, String> kept = new TreeMap<>(all);
        kept.keySet().retainAll(names);
        return new Labels(kept);
    }

    Labels without(Collection<String> names) {
        SortedMap<String, String> kept = new TreeMap<>(all);
        kept.keySet().removeAll(names);
        return new Labels(kept);
    }

    Labels nameless() {
        return without(List.of(NAME));
    }

    @Override
    public String toString() {
        return all.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(joining(", ", "{", "}"));
    }
}
