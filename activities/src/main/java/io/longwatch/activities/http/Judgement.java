package io.longwatch.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.longwatch.actions.http.HttpCase;
import io.longwatch.text.Bounded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares an answer with what a case expects, and takes outputs out of it. */
final class Judgement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_VALUE = 200;
    private final Answer answer;
    private final Vault vault;
    private @Nullable JsonNode body;

    Judgement(Answer answer, Vault vault) {
        this.answer = answer;
        this.vault = vault;
    }

    /** What is not as expected, in words; empty where all is. */
    Optional<String> problem(HttpCase wanted) {
        List<String> problems = new ArrayList<>();
        status(wanted, problems);
        headers(wanted, problems);
        values(wanted, problems);
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private void status(HttpCase wanted, List<String> problems) {
        List<Integer> expected = wanted.expectStatus();
        if (expected == null || expected.isEmpty()) {
            if (!answer.successful()) {
                problems.add("status " + answer.status() + ", expected 2xx");
            }
        } else if (!expected.contains(answer.status())) {
            problems.add("status " + answer.status() + ", expected "
                    + (expected.size() == 1 ? expected.get(0) : "one of " + expected));
        }
    }

    private void headers(HttpCase wanted, List<String> problems) {
        Map<String, String> expected = wanted.expectHeaders() == null ? Map.of() : wanted.expectHeaders();
        expected.forEach((name, value) -> {
            List<String> found = answer.headers().allValues(name);
            if (!found.contains(value)) {
                problems.add("header " + name + (found.isEmpty() ? " is absent" : " is " + brief(found.get(0)))
                        + ", expected " + brief(value));
            }
        });
    }

    private void values(HttpCase wanted, List<String> problems) {
        Map<String, Object> expected = wanted.expectJson() == null ? Map.of() : wanted.expectJson();
        expected.forEach((pointer, value) -> {
            JsonNode found = body().at(pointer);
            JsonNode right = JSON.valueToTree(value);
            if (!same(found, right)) {
                problems.add((pointer.isEmpty() ? "the body" : pointer)
                        + (found.isMissingNode() ? " is absent" : " is " + brief(found.toString())) + ", expected "
                        + brief(right.toString()));
            }
        });
    }

    private static boolean same(JsonNode found, JsonNode right) {
        if (found.isNumber() && right.isNumber()) {
            return found.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        return found.equals(right);
    }

    /** The named outputs; what the answer does not have is left out. */
    Map<String, Object> outputs(Map<String, String> wanted) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        wanted.forEach((name, where) -> find(where).ifPresent(value -> outputs.put(name, value)));
        return outputs;
    }

    private Optional<Object> find(String where) {
        if (where.startsWith("header:")) {
            return answer.headers()
                    .firstValue(where.substring("header:".length()))
                    .map(this::brief);
        }
        JsonNode found = body().at(where);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        if (found.isBoolean()) {
            return Optional.of(found.booleanValue());
        }
        if (found.isIntegralNumber() && found.canConvertToLong()) {
            return Optional.of(found.longValue());
        }
        if (found.isNumber()) {
            return Optional.of(found.doubleValue());
        }
        return Optional.of(brief(found.isTextual() ? found.textValue() : found.toString()));
    }

    private JsonNode body() {
        JsonNode read = body;
        if (read == null) {
            read = parse();
            body = read;
        }
        return read;
    }

    private JsonNode parse() {
        try {
            JsonNode read = JSON.readTree(answer.body());
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Secrets are hidden before the text is cut: of one cut in two the first half would not be known. */
    private String brief(String text) {
        return Bounded.cut(vault.hide(text), LONGEST_VALUE);
    }
}
