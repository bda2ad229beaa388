package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The objects of a manifest's text, as they stand there. */
public final class Documents {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Documents() {}

    /**
     * Reads one or several YAML documents; a List counts as its items, an empty document as none.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if the text is no manifest
     */
    public static List<ObjectNode> parse(String manifest) {
        List<ObjectNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(manifest)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), objects);
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw Failures.invalid("manifest, line " + line + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Failures.invalid("manifest cannot be read: " + e.getMessage());
        }
        return objects;
    }

    /** An object of the cluster, as a tree. */
    public static ObjectNode tree(HasMetadata object) {
        return Trees.of(object);
    }

    private static void add(JsonNode document, List<ObjectNode> objects) {
        if (document == null || document.isNull() || document.isMissingNode()) {
            return;
        }
        if (!(document instanceof ObjectNode object)) {
            throw Failures.invalid("manifest: a document is no object; write apiVersion, kind and metadata");
        }
        if ("List".equals(object.path("kind").asText())) {
            object.path("items").forEach(item -> add(item, objects));
        } else {
            objects.add(check(object, objects.size() + 1));
        }
    }

    private static ObjectNode check(ObjectNode object, int number) {
        for (String field : List.of("/apiVersion", "/kind", "/metadata/name")) {
            if (object.at(field).asText().isBlank()) {
                throw Failures.invalid("manifest: object " + number + " has no "
                        + field.substring(1).replace('/', '.'));
            }
        }
        return object;
    }
}
