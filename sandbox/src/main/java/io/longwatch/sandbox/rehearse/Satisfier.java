package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.longwatch.contract.Json;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bends an example result until a condition over it holds: comparisons of a field with a value, their conjunctions, such a
 * comparison that is to be as true as something else, sizes of lists, plain booleans. What it cannot bend it leaves.
 */
final class Satisfier {
    private final Map<String, Object> scope;

    /**
     * @param scope values of the variables besides {@code result}
     */
    Satisfier(Map<String, Object> scope) {
        this.scope = scope;
    }

    /** Bends the result towards the condition. */
    void bend(ObjectNode result, String condition) {
        Expressions.parse(condition).ifPresent(tree -> wish(result, tree, true));
    }

    private void wish(ObjectNode result, CelExpr expression, boolean wanted) {
        if (value(result, expression).filter(found -> found.equals(wanted)).isPresent()) {
            return;
        }
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL) {
            call(result, expression.call(), wanted);
        } else if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
            // What is to hold for all of a list holds for an empty one.
            path(expression.comprehension().iterRange()).ifPresent(path -> resize(result, path, 0));
        } else {
            path(expression).ifPresent(path -> set(result, path, Json.mapper().valueToTree(wanted)));
        }
    }

    private void call(ObjectNode result, CelExpr.CelCall call, boolean wanted) {
        List<CelExpr> arguments = call.args();
        switch (call.function()) {
            case "_&&_", "_||_" -> arguments.forEach(argument -> wish(result, argument, wanted));
            case "!_" -> wish(result, arguments.get(0), !wanted);
            case "_==_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? 0 : 1);
            case "_!=_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? 1 : 0);
            case "_<_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? -1 : 0);
            case "_<=_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? 0 : 1);
            case "_>_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? 1 : 0);
            case "_>=_" -> compare(result, arguments.get(0), arguments.get(1), wanted ? 0 : -1);
            default -> {}
        }
    }

    /** Makes the left side equal to the right (0), smaller (-1) or greater (1). */
    private void compare(ObjectNode result, CelExpr left, CelExpr right, int order) {
        if (touchesResult(left)) {
            value(result, right).ifPresent(bound -> bring(result, left, bound, order));
        } else if (touchesResult(right)) {
            value(result, left).ifPresent(bound -> bring(result, right, bound, -order));
        } else {
            agree(result, left, right, order == 0);
            agree(result, right, left, order == 0);
        }
    }

    /** Makes a condition as true as another expression is, or not. */
    private void agree(ObjectNode result, CelExpr given, CelExpr condition, boolean wanted) {
        value(result, given)
                .filter(Boolean.class::isInstance)
                .ifPresent(truth -> wish(result, condition, truth.equals(wanted)));
    }

    private void bring(ObjectNode result, CelExpr side, Object bound, int order) {
        Optional<CelExpr> sized = sizeOf(side);
        if (sized.isPresent() && bound instanceof Number size) {
            path(sized.get()).ifPresent(path -> resize(result, path, size.intValue() + order));
            return;
        }
        path(side).ifPresent(path -> set(result, path, Json.mapper().valueToTree(moved(bound, order))));
    }

    private static @Nullable Object moved(Object bound, int order) {
        if (bound instanceof Long number) {
            return number + order;
        }
        if (bound instanceof Double number) {
            return order == 0 ? number : number + order * Math.max(Math.abs(number) * 0.1, 0.001);
        }
        if (bound instanceof Boolean truth) {
            return order == 0 ? truth : !truth;
        }
        return order == 0 ? Values.toJson(bound) : Values.toJson(bound) + "-other";
    }

    private Optional<Object> value(ObjectNode result, CelExpr expression) {
        try {
            return Optional.of(Expressions.shared().evaluate(Expressions.unparse(expression), scopeWith(result)));
        } catch (ExpressionFailed | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> scopeWith(ObjectNode result) {
        Map<String, Object> values = new LinkedHashMap<>(scope);
        values.put("result", Values.toCel(Json.mapper().convertValue(result, Map.class)));
        return values;
    }

    private static Optional<CelExpr> sizeOf(CelExpr expression) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL
                || !"size".equals(expression.call().function())) {
            return Optional.empty();
        }
        return expression
                .call()
                .target()
                .or(() -> expression.call().args().stream().findFirst());
    }

    private static boolean touchesResult(CelExpr expression) {
        return path(sizeOf(expression).orElse(expression)).isPresent();
    }

    /** Field names from {@code result} down; empty if the expression is no such path. */
    private static Optional<Deque<String>> path(CelExpr expression) {
        Deque<String> names = new ArrayDeque<>();
        CelExpr at = expression;
        while (true) {
            switch (at.exprKind().getKind()) {
                case SELECT -> {
                    names.addFirst(at.select().field());
                    at = at.select().operand();
                }
                case IDENT -> {
                    return "result".equals(at.ident().name()) && !names.isEmpty()
                            ? Optional.of(names)
                            : Optional.empty();
                }
                case CALL -> {
                    Optional<String> key = indexed(at);
                    if (key.isEmpty()) {
                        return Optional.empty();
                    }
                    names.addFirst(key.get());
                    at = at.call().args().get(0);
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
    }

    private static Optional<String> indexed(CelExpr expression) {
        CelExpr.CelCall call = expression.call();
        if (!"_[_]".equals(call.function())
                || call.args().get(1).exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        CelConstant key = call.args().get(1).constant();
        return switch (key.getKind()) {
            case STRING_VALUE -> Optional.of(key.stringValue());
            case INT64_VALUE -> Optional.of(String.valueOf(key.int64Value()));
            default -> Optional.empty();
        };
    }

    private static void set(ObjectNode result, Deque<String> path, JsonNode value) {
        JsonNode parent = result;
        Deque<String> rest = new ArrayDeque<>(path);
        while (rest.size() > 1) {
            parent = child(parent, rest.removeFirst());
        }
        if (parent instanceof ObjectNode object) {
            object.set(rest.getFirst(), value);
        } else if (parent instanceof ArrayNode array) {
            int index = Integer.parseInt(rest.getFirst());
            while (array.size() <= index) {
                array.add(value);
            }
            array.set(index, value);
        }
    }

    private static JsonNode child(JsonNode parent, String name) {
        if (parent instanceof ObjectNode object) {
            JsonNode known = object.get(name);
            return known != null && known.isContainerNode() ? known : object.putObject(name);
        }
        if (parent instanceof ArrayNode array) {
            int index = Integer.parseInt(name);
            while (array.size() <= index) {
                array.addObject();
            }
            return array.get(index);
        }
        return parent;
    }

    private static void resize(ObjectNode result, Deque<String> path, int size) {
        JsonNode known = result.at("/" + String.join("/", path));
        ArrayNode list = Json.mapper().createArrayNode();
        for (int i = 0; i < Math.max(0, size); i++) {
            if (known.path(i).isMissingNode()) {
                list.add("item-" + (i + 1));
            } else {
                list.add(known.get(i));
            }
        }
        set(result, path, list);
    }
}
