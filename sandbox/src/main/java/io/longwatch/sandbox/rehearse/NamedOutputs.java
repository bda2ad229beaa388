package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.Json;
import io.longwatch.expression.Expressions;
import io.longwatch.plan.ReleasePlan;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that a step gives back by names of the plan's own: columns of a query's first row, outputs of an answer. No
 * contract's example has them; a simulated result has those that its step declares or that the plan speaks of.
 */
final class NamedOutputs {
    private static final Pattern OF_ITSELF = Pattern.compile("(?<![\\w.])result\\.(row|outputs)\\.([A-Za-z_]\\w*)");
    private static final Pattern OF_A_STEP =
            Pattern.compile("(?<![\\w.])steps\\.(\\w+)\\.result\\.(row|outputs)\\.([A-Za-z_]\\w*)");

    private final List<MatchResult> ofSteps;

    NamedOutputs(ReleasePlan plan) {
        this.ofSteps = OF_A_STEP.matcher(text(plan)).results().toList();
    }

    /**
     * Puts what is missing into a result.
     *
     * @param id step or check
     * @param with its inputs
     * @param own its expressions over {@code result}
     */
    void fill(String id, Map<String, Object> with, List<String> own, ObjectNode result) {
        if (result.get("row") instanceof ObjectNode row) {
            names(id, with, own, "row").stream().filter(name -> !row.has(name)).forEach(name -> row.put(name, 0));
        }
        if (result.get("outputs") instanceof ObjectNode outputs) {
            names(id, with, own, "outputs").stream()
                    .filter(name -> !outputs.has(name))
                    .forEach(name -> outputs.put(name, "simulated"));
        }
    }

    private Set<String> names(String id, Map<String, Object> with, List<String> own, String field) {
        Set<String> names = new LinkedHashSet<>(declared(with.get("outputs")));
        ofSteps.stream()
                .filter(named -> named.group(1).equals(Expressions.variableOf(id)))
                .filter(named -> named.group(2).equals(field))
                .forEach(named -> names.add(named.group(3)));
        own.stream()
                .flatMap(expression -> OF_ITSELF.matcher(expression).results())
                .filter(named -> named.group(1).equals(field))
                .forEach(named -> names.add(named.group(2)));
        return names;
    }

    private static List<String> declared(@Nullable Object outputs) {
        if (outputs instanceof Map<?, ?> byName) {
            return byName.keySet().stream().map(String::valueOf).toList();
        }
        return outputs instanceof Collection<?> listed
                ? listed.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(ReleasePlan plan) {
        try {
            return Json.mapper().writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is plain data", e);
        }
    }
}
