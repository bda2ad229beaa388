package io.longwatch.sandbox.rehearse;

import io.longwatch.plan.Durations;
import io.longwatch.plan.load.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Fields of one map of a scenario, each checked as it is read. */
final class ScenarioFields {
    private final Mark start;
    private final BiConsumer<@Nullable Mark, String> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Mark> keys = new LinkedHashMap<>();

    ScenarioFields(MappingNode map, BiConsumer<@Nullable Mark, String> problems) {
        this.start = map.getStartMark();
        this.problems = problems;
        for (NodeTuple entry : map.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
            if (values.put(key, entry.getValueNode()) != null) {
                problems.accept(entry.getKeyNode().getStartMark(), "'" + key + "' stands twice in one map; keep one");
            }
            keys.put(key, entry.getKeyNode().getStartMark());
        }
    }

    /** Reports every field that has no meaning there. */
    void only(String what, Collection<String> known) {
        keys.forEach((key, mark) -> {
            if (!known.contains(key)) {
                problems.accept(
                        mark,
                        what + " has no field '" + key + "'" + Nearest.hint(key, known) + " (fields: "
                                + String.join(", ", known) + ")");
            }
        });
    }

    /** Reports something about the map as a whole. */
    void problem(String message) {
        problems.accept(start, message);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    Node get(String name) {
        return values.get(name);
    }

    @Nullable
    String text(String name) {
        Node node = values.get(name);
        if (node == null || node instanceof ScalarNode) {
            return node == null ? null : ((ScalarNode) node).getValue();
        }
        problems.accept(node.getStartMark(), name + " is one value");
        return null;
    }

    /** An id that must be given and known. */
    @Nullable
    String required(String name, Collection<String> known, String what) {
        if (!has(name)) {
            problem("'" + name + "' is missing: the id of " + what);
            return null;
        }
        return oneOf(name, known, what);
    }

    @Nullable
    String oneOf(String name, Collection<String> known, String what) {
        String text = text(name);
        if (text == null || known.contains(text)) {
            return text;
        }
        String hint = Nearest.hint(text, known);
        return wrong(
                name,
                "'" + text + "' is not " + what + (hint.isEmpty() ? "; known: " + String.join(", ", known) : hint));
    }

    @Nullable
    String duration(String name) {
        String text = text(name);
        return text == null || Durations.parse(text).isPresent()
                ? text
                : wrong(name, "'" + text + "' is not a duration; write 90s, 10m or 2h");
    }

    @Nullable
    Integer count(String name) {
        String text = text(name);
        if (text == null || text.matches("[1-9]\\d{0,5}")) {
            return text == null ? null : Integer.valueOf(text);
        }
        wrong(name, "'" + text + "' is not a whole number from 1 on");
        return null;
    }

    @Nullable
    Double number(String name) {
        String text = text(name);
        if (text == null || text.matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
            return text == null ? null : Double.valueOf(text);
        }
        wrong(name, "'" + text + "' is not a number, as 180 or 0.07");
        return null;
    }

    @Nullable
    Boolean truth(String name) {
        String text = text(name);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        wrong(name, "'" + text + "' is neither true nor false");
        return null;
    }

    private @Nullable String wrong(String name, String message) {
        Node node = values.get(name);
        problems.accept(node == null ? start : node.getStartMark(), name + " " + message);
        return null;
    }
}
