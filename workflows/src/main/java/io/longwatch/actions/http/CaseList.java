package io.longwatch.actions.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a step's shared fields and its cases into full cases, and checks what only the whole can show. */
final class CaseList {
    private static final int MOST_CASES = 25;
    private static final int MOST_OUTPUTS = 10;

    private CaseList() {}

    static List<HttpCase> of(HttpCase shared, @Nullable List<HttpCase> cases) {
        if (cases == null || cases.isEmpty()) {
            return List.of(shared.named("request"));
        }
        List<HttpCase> full = new ArrayList<>();
        for (HttpCase one : cases) {
            HttpCase merged = one.over(shared);
            full.add(one.name() == null ? merged.named("case-" + (full.size() + 1)) : merged);
        }
        return List.copyOf(full);
    }

    static void check(List<HttpCase> cases, List<String> methods, String otherwise) {
        if (cases.size() > MOST_CASES) {
            throw new IllegalArgumentException(
                    cases.size() + " cases are too many for one step; at most " + MOST_CASES);
        }
        Set<@Nullable String> names = new HashSet<>();
        for (HttpCase one : cases) {
            if (!names.add(one.name())) {
                throw new IllegalArgumentException("case '" + one.name() + "' stands twice; give each its own name");
            }
            if (one.url() == null || one.url().isBlank()) {
                throw new IllegalArgumentException(
                        "case '" + one.name() + "' has no url; write one for the step or for the case");
            }
            if (one.method() == null || !methods.contains(one.method())) {
                throw new IllegalArgumentException("method '" + one.method() + "' of case '" + one.name()
                        + "' is not one of " + String.join(", ", methods) + "; " + otherwise);
            }
        }
    }

    static void checkOutputs(@Nullable Map<String, String> outputs) {
        if (outputs == null) {
            return;
        }
        if (outputs.size() > MOST_OUTPUTS) {
            throw new IllegalArgumentException(outputs.size() + " outputs are too many; at most " + MOST_OUTPUTS);
        }
        outputs.forEach((name, where) -> {
            if (!where.startsWith("/") && !where.matches("header:[A-Za-z0-9-]+")) {
                throw new IllegalArgumentException("output '" + name + "': '" + where
                        + "' is neither a JSON pointer nor a header; write /field or header:Name");
            }
        });
    }
}
