package io.longwatch.activities.prometheus;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The selectors in a query's syntax tree, as Prometheus 3 gives it. */
final class SyntaxTree {
    private SyntaxTree() {}

    static Set<String> selectors(JsonNode tree) {
        Set<String> found = new LinkedHashSet<>();
        collect(tree, found);
        return found;
    }

    private static void collect(JsonNode node, Set<String> found) {
        String type = node.path("type").asText();
        if (type.equals("call") && node.path("func").path("name").asText().startsWith("absent")) {
            return;
        }
        if (type.equals("vectorSelector") || type.equals("matrixSelector")) {
            found.add(selector(node));
            return;
        }
        node.forEach(child -> collect(child, found));
    }

    private static String selector(JsonNode node) {
        return StreamSupport.stream(node.path("matchers").spliterator(), false)
                .map(matcher -> matcher.path("name").asText()
                        + matcher.path("type").asText()
                        + matcher.path("value").toString())
                .collect(joining(",", "{", "}"));
    }
}
