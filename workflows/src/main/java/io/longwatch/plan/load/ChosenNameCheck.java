package io.longwatch.plan.load;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.longwatch.expression.Expressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the keys that an expression asks of results are among those that the steps named, as in
 * {@code steps.health.result.outputs.status}. CEL's types cannot tell: to them such a part is a map with any key.
 */
final class ChosenNameCheck {
    private static final String INDEX = "_[_]";

    private final Problems problems;
    private final PlanIndex index;

    ChosenNameCheck(Problems problems, PlanIndex index) {
        this.problems = problems;
        this.index = index;
    }

    /** Notes each key that is not there. An expression that does not parse is left to others. */
    void check(Expression expression, Scope scope) {
        if (scope.chosen().byField().isEmpty() && !expression.source().contains("steps.")) {
            return;
        }
        Expressions.tree(expression.source())
                .ifPresent(tree -> new Walk(expression, scope, tree).visit(tree.getExpr(), Map.of()));
    }

    /** What a part of an expression stands for, as far as this check knows it. */
    private sealed interface Meaning {}

    /** {@code steps}. */
    private record Steps() implements Meaning {}

    /** {@code steps.health}. */
    private record OneStep(ChosenNames chosen) implements Meaning {}

    /** {@code result}, of a step or of what the expression belongs to. */
    private record Result(ChosenNames chosen) implements Meaning {}

    /** {@code result.outputs}, or a list of such. */
    private record Part(String field, ChosenNames.Keys keys, boolean list) implements Meaning {
        @Nullable
        Part element() {
            return list ? new Part(field, keys, false) : null;
        }
    }

    private final class Walk {
        private final Expression expression;
        private final Scope scope;
        private final CelAbstractSyntaxTree tree;

        Walk(Expression expression, Scope scope, CelAbstractSyntaxTree tree) {
            this.expression = expression;
            this.scope = scope;
            this.tree = tree;
        }

        /** Notes what is wrong below a node; gives what the node stands for, or null. */
        @Nullable
        Meaning visit(CelExpr node, Map<String, Meaning> variables) {
            return switch (node.getKind()) {
                case IDENT -> ofName(node.ident().name(), variables);
                case SELECT -> selected(node, visit(node.select().operand(), variables));
                case CALL -> called(node, variables);
                case LIST -> visitAll(node.list().elements(), variables);
                case MAP -> {
                    node.map().entries().forEach(entry -> {
                        visit(entry.key(), variables);
                        visit(entry.value(), variables);
                    });
                    yield null;
                }
                case COMPREHENSION -> comprehended(node.comprehension(), variables);
                default -> null;
            };
        }

        private @Nullable Meaning visitAll(List<CelExpr> nodes, Map<String, Meaning> variables) {
            nodes.forEach(node -> visit(node, variables));
            return null;
        }

        private @Nullable Meaning ofName(String name, Map<String, Meaning> variables) {
            if (variables.containsKey(name)) {
                return variables.get(name);
            }
            return switch (name) {
                case "steps" -> new Steps();
                case "result" -> new Result(scope.chosen());
                default -> null;
            };
        }

        private @Nullable Meaning selected(CelExpr node, @Nullable Meaning operand) {
            String name = node.select().field();
            if (operand instanceof Steps) {
                return index.findByVariable(name)
                        .map(step -> new OneStep(step.chosen()))
                        .orElse(null);
            }
            if (operand instanceof OneStep step) {
                return name.equals("result") ? new Result(step.chosen()) : null;
            }
            if (operand instanceof Result result) {
                return Optional.ofNullable(result.chosen().byField().get(name))
                        .map(keys -> new Part(name, keys, keys.list()))
                        .orElse(null);
            }
            if (operand instanceof Part part && !part.list()) {
                expect(part, name, offsetOf(node));
            }
            return null;
        }

        private @Nullable Meaning called(CelExpr node, Map<String, Meaning> variables) {
            node.call().target().ifPresent(target -> visit(target, variables));
            List<CelExpr> arguments = node.call().args();
            if (!node.call().function().equals(INDEX) || arguments.size() != 2) {
                return visitAll(arguments, variables);
            }
            Meaning indexed = visit(arguments.get(0), variables);
            visit(arguments.get(1), variables);
            if (!(indexed instanceof Part part)) {
                return null;
            }
            if (!part.list()) {
                text(arguments.get(1)).ifPresent(key -> expect(part, key, offsetOf(arguments.get(1))));
            }
            return part.element();
        }

        private @Nullable Meaning comprehended(CelExpr.CelComprehension loop, Map<String, Meaning> variables) {
            Meaning range = visit(loop.iterRange(), variables);
            Map<String, Meaning> inner = new HashMap<>(variables);
            inner.put(loop.accuVar(), null);
            inner.put(loop.iterVar(), range instanceof Part part ? part.element() : null);
            visit(loop.accuInit(), variables);
            visit(loop.loopStep(), inner);
            visit(loop.result(), inner);
            return null;
        }

        private int offsetOf(CelExpr node) {
            return tree.getSource().getPositionsMap().getOrDefault(node.id(), 0);
        }

        private void expect(Part part, String key, int near) {
            List<String> names = part.keys().names();
            if (names.contains(key)) {
                return;
            }
            int at = Math.max(near, expression.source().indexOf(key, near));
            String input = part.keys().input();
            problems.error(
                    expression.where().file(),
                    expression.at(at),
                    expression.what() + ": " + part.field() + " has no '" + key + "'; "
                            + (names.isEmpty()
                                    ? "the step names no " + input + ", add it to with." + input
                                    : "with." + input + " names " + String.join(", ", names)
                                            + Nearest.hint(key, names)));
        }
    }

    private static Optional<String> text(CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(node.constant().stringValue())
                : Optional.empty();
    }
}
