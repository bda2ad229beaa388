package io.longwatch.plan.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values for a plan's parameters from a file: a YAML map of name to value, as {@code --param} would give them. Whether the
 * plan has such parameters, and takes such values, is found when it is loaded.
 *
 * @param values by name, as they stand there
 * @param problems what is wrong with the file; empty if nothing is
 */
public record ParameterFile(Map<String, String> values, List<Problem> problems) {
    public ParameterFile {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        problems = List.copyOf(problems);
    }

    /**
     * Reads one.
     *
     * @param name as messages name it
     * @param text YAML
     */
    public static ParameterFile read(String name, String text) {
        Problems problems = new Problems(name);
        Map<String, String> values = new LinkedHashMap<>();
        YamlTree.read(text, "parameter file", "write NAME: VALUE, a line each", problems)
                .ifPresent(root -> readAll(root, values, problems));
        return new ParameterFile(values, problems.sorted());
    }

    private static void readAll(Located root, Map<String, String> values, Problems problems) {
        if (!(root instanceof Located.Mapping mapping)) {
            problems.error(root.position(), "a parameter file is a map of NAME: VALUE, found " + root.described());
            return;
        }
        for (Located.Entry entry : mapping.entries()) {
            if (entry.value() instanceof Located.Scalar scalar && !scalar.isNull()) {
                values.put(entry.name(), scalar.text());
            } else if (!(entry.value() instanceof Located.Unreadable)) {
                problems.error(
                        entry.value().position(),
                        "parameter '" + entry.name() + "' is " + entry.value().described() + "; write one value");
            }
        }
    }
}
