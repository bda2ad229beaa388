package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which labels are meant: parsed from a query, or read from an object's selector. */
record LabelSelector(List<Predicate<Map<String, String>>> terms) {
    private static final Pattern BETWEEN_TERMS = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^\\s!=]+)\\s*(==|=|!=)\\s*(\\S*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([^\\s!=]+)\\s*");

    LabelSelector {
        terms = List.copyOf(terms);
    }

    boolean matches(Map<String, String> labels) {
        return terms.stream().allMatch(term -> term.test(labels));
    }

    boolean matches(JsonNode object) {
        return matches(Tree.strings(object, "metadata", "labels"));
    }

    /** Parses {@code a=b,c!=d,e in (f,g),h,!i}. */
    static LabelSelector parse(String query) {
        if (query.isBlank()) {
            return new LabelSelector(List.of());
        }
        return new LabelSelector(
                BETWEEN_TERMS.splitAsStream(query).map(LabelSelector::term).toList());
    }

    private static Predicate<Map<String, String>> term(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            return within(set.group(1), set.group(2).equals("in"), values);
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            return within(equality.group(1), !equality.group(2).equals("!="), Set.of(equality.group(3)));
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            String label = exists.group(2);
            return labels -> labels.containsKey(label) == wanted;
        }
        throw ApiError.badRequest("unable to parse requirement: '" + text + "'");
    }

    /** Reads {@code matchLabels} and {@code matchExpressions}, or the plain labels of a Service's selector. */
    static LabelSelector of(JsonNode selector) {
        boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
        List<Predicate<Map<String, String>>> terms = new ArrayList<>();
        Tree.strings(plain ? selector : selector.path("matchLabels"))
                .forEach((label, value) -> terms.add(within(label, true, Set.of(value))));
        if (!plain) {
            selector.path("matchExpressions").forEach(e -> terms.add(expression(e)));
        }
        return new LabelSelector(terms);
    }

    private static Predicate<Map<String, String>> expression(JsonNode expression) {
        String label = Tree.text(expression, "key");
        Set<String> values =
                Tree.items(expression, "values").map(JsonNode::asText).collect(Collectors.toSet());
        return switch (Tree.text(expression, "operator")) {
            case "In" -> within(label, true, values);
            case "NotIn" -> within(label, false, values);
            case "Exists" -> labels -> labels.containsKey(label);
            default -> labels -> !labels.containsKey(label);
        };
    }

    private static Predicate<Map<String, String>> within(String label, boolean wanted, Set<String> values) {
        return labels -> {
            String value = labels.get(label);
            return (value != null && values.contains(value)) == wanted;
        };
    }

    /** As the status of a Scale writes it. */
    static String text(JsonNode selector) {
        return Tree.strings(selector, "matchLabels").entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}
