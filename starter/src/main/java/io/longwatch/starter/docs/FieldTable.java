package io.longwatch.starter.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The fields of a piece of the schema, with what the example plan writes there. */
final class FieldTable {
    private static final Pattern DEFAULT = Pattern.compile("^(?:(.*)[;,] )?([^;,]+) by default(, .*)?$");
    private static final Set<String> SECTIONS = Set.of("source", "contacts", "phases", "soak", "rollback", "signOffs");
    private static final int LONGEST = 60;

    private final JsonNode schema;
    private final List<JsonNode> examples;

    /**
     * @param schema the whole schema, for its references
     * @param examples pieces of the example plan that such a piece of the schema describes
     */
    FieldTable(JsonNode schema, List<JsonNode> examples) {
        this.schema = schema;
        this.examples = examples;
    }

    String of(JsonNode piece) {
        List<List<String>> rows = new ArrayList<>();
        addRows(piece, "", examples, rows);
        return new Markdown()
                .table(List.of("Field", "Type", "Meaning", "Default", "Example"), rows)
                .toString();
    }

    private void addRows(JsonNode piece, String path, List<JsonNode> pieces, List<List<String>> rows) {
        for (Map.Entry<String, JsonNode> field : piece.path("properties").properties()) {
            String name = path + field.getKey();
            boolean required = StreamSupport.stream(piece.path("required").spliterator(), false)
                    .anyMatch(each -> each.asText().equals(field.getKey()));
            List<JsonNode> values = pieces.stream()
                    .filter(each -> each.has(field.getKey()))
                    .map(each -> each.get(field.getKey()))
                    .toList();
            rows.add(row(name, field.getValue(), required, values));
            addInner(field.getValue(), name, values, rows);
        }
    }

    /** Maps that are described in place have their fields below theirs, unless they have a section of their own. */
    private void addInner(JsonNode piece, String name, List<JsonNode> values, List<List<String>> rows) {
        if (SECTIONS.contains(name)) {
            return;
        }
        if (piece.has("properties")) {
            addRows(piece, name + ".", values, rows);
        } else if (piece.path("items").has("properties")) {
            List<JsonNode> entries = new ArrayList<>();
            values.forEach(list -> list.forEach(entries::add));
            addRows(piece.get("items"), name + "[].", entries, rows);
        }
    }

    private List<String> row(String name, JsonNode piece, boolean required, List<JsonNode> values) {
        String meaning = piece.has("description")
                ? piece.get("description").asText()
                : resolved(piece).path("description").asText();
        String otherwise = required ? "required" : piece.path("default").asText("");
        Matcher matcher = DEFAULT.matcher(meaning.replace(" (CEL)", ""));
        if (!required && otherwise.isEmpty() && matcher.matches()) {
            meaning = Optional.ofNullable(matcher.group(1)).orElse("");
            otherwise = matcher.group(2) + Optional.ofNullable(matcher.group(3)).orElse("");
        }
        return List.of(
                "`" + name + "`",
                type(piece),
                meaning,
                otherwise,
                values.stream().map(FieldTable::written).findFirst().orElse(""));
    }

    private JsonNode resolved(JsonNode piece) {
        return piece.has("$ref") ? schema.at(piece.get("$ref").asText().substring(1)) : piece;
    }

    private String type(JsonNode piece) {
        if (piece.has("$ref")) {
            String name = piece.get("$ref").asText().replaceFirst(".*/", "");
            return switch (name) {
                case "boxes", "numbers" -> "[boxes](#boxes)";
                case "duration" -> "[duration](#durations)";
                case "action" -> "[action](actions.md)";
                case "id", "role" -> name;
                default -> "[" + words(name) + "](#" + Markdown.anchor(words(name)) + ")";
            };
        }
        if (piece.has("const")) {
            return Markdown.literal(piece.get("const").asText());
        }
        if (piece.has("enum")) {
            List<String> words = new ArrayList<>();
            piece.get("enum").forEach(word -> words.add(word.asText()));
            return String.join(" | ", words);
        }
        if (piece.has("anyOf")) {
            return piece.path("anyOf").get(0).path("type").asText().equals("string")
                    ? "text, or a list or map"
                    : "text or map";
        }
        return ofType(piece);
    }

    private String ofType(JsonNode piece) {
        JsonNode type = piece.path("type");
        if (type.isArray()) {
            return piece.path("description").asText().endsWith("(CEL)") || !piece.has("description")
                    ? "[condition](#expressions)"
                    : "value";
        }
        return switch (type.asText()) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "array" -> "list";
            default ->
                piece.has("additionalProperties")
                                && piece.get("additionalProperties").isObject()
                        ? "map by name"
                        : "map";
        };
    }

    private static String words(String name) {
        return switch (name) {
            case "step" -> "Steps";
            case "check" -> "Checks";
            case "restore" -> "Restore";
            default -> name;
        };
    }

    private static String written(JsonNode value) {
        String text = value.isTextual() ? value.asText() : flow(value);
        if (text.length() <= LONGEST) {
            return Markdown.literal(text);
        }
        return value.isTextual() ? Markdown.literal(text.substring(0, LONGEST - 1) + "…") : "below";
    }

    private static String flow(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(flow(item)));
            return "[" + String.join(", ", items) + "]";
        }
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties().forEach(entry -> entries.add(entry.getKey() + ": " + flow(entry.getValue())));
            return "{" + String.join(", ", entries) + "}";
        }
        return value.asText();
    }
}
