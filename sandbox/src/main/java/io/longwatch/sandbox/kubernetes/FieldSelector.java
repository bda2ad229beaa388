package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which objects are meant by their fields; only the fields that Kubernetes selects by. */
record FieldSelector(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("([^=!]+)(==|=|!=)(.*)");
    private static final Set<String> KNOWN = Set.of(
            "metadata.name",
            "metadata.namespace",
            "status.phase",
            "spec.nodeName",
            "type",
            "reason",
            "involvedObject.kind",
            "involvedObject.name",
            "involvedObject.namespace",
            "involvedObject.uid");

    record Term(String field, boolean wanted, String value) {
        boolean matches(JsonNode object) {
            return Tree.text(object, field.split("\\.", -1)).equals(value) == wanted;
        }
    }

    FieldSelector {
        terms = List.copyOf(terms);
    }

    boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }

    static FieldSelector parse(String query) {
        List<Term> terms = new ArrayList<>();
        for (String text : query.isBlank() ? new String[0] : query.split(",", -1)) {
            Matcher term = TERM.matcher(text);
            if (!term.matches() || !KNOWN.contains(term.group(1))) {
                throw ApiError.badRequest("field label not supported: " + text);
            }
            terms.add(new Term(term.group(1), !term.group(2).equals("!="), term.group(3)));
        }
        return new FieldSelector(terms);
    }
}
