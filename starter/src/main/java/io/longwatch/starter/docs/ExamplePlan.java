package io.longwatch.starter.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;

/** The plan that the reference shows: everything that a plan can say, at least once. */
record ExamplePlan(String text, JsonNode tree) {
    static final String RESOURCE = "example-plan.yaml";

    static ExamplePlan shipped() {
        String text = Resource.text(RESOURCE);
        try {
            return new ExamplePlan(text, new ObjectMapper(new YAMLFactory()).readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(RESOURCE + " is no YAML: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The pieces at a place.
     *
     * @param where names from the root, {@code *} for each entry, and {@code ?name} for those that have the field:
     *     {@code /phases/*}{@code /steps/*}{@code /?uses}
     */
    List<JsonNode> at(String where) {
        List<JsonNode> found = List.of(tree);
        for (String name : where.substring(1).split("/", -1)) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                if (name.equals("*")) {
                    node.forEach(next::add);
                } else if (name.startsWith("?")) {
                    next.addAll(node.has(name.substring(1)) ? List.of(node) : List.of());
                } else if (!name.isEmpty()) {
                    next.addAll(node.has(name) ? List.of(node.get(name)) : List.of());
                } else {
                    next.add(node);
                }
            }
            found = next;
        }
        return List.copyOf(found);
    }
}
