package io.longwatch.plan.load;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the keys that an expression asks of results are among those that the steps named, as in
 * {@code steps.health.result.outputs.status}. CEL's types cannot tell: to them such a part is a map with any key.
 */
final class ChosenNameCheck {
    private static final String INDEX = "_[_]";
    private static final String CONDITIONAL = "_?_:_";
    private static final String SUM = "_+_";

    private final Problems problems;
    private final PlanIndex index;

    ChosenNameCheck(Problems problems, PlanIndex index) {
        this.problems = problems;
        this.index = index;
    }

    /**
     * Notes each key that is not there.
     *
     * @param tree the expression's syntax
     * @param own keys of the result that the expression may call its own
     */
    void check(Expression expression, CelAbstractSyntaxTree tree, ChosenNames own) {
        new Walk(expression, tree, own).visit(tree.getExpr(), Map.of());
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
        private final CelAbstractSyntaxTree tree;
        private final ChosenNames own;

        Walk(Expression expression, CelAbstractSyntaxTree tree, ChosenNames own) {
            this.expression = expression;
            this.tree = tree;
            this.own = own;
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
                case "result" -> new Result(own);
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
                expect(part, name, node);
            }
            return null;
        }

        private @Nullable Meaning called(CelExpr node, Map<String, Meaning> variables) {
            node.call().target().ifPresent(target -> visit(target, variables));
            List<CelExpr> arguments = node.call().args();
            if (!node.call().function().equals(INDEX) || arguments.size() != 2) {
                return visitAll(arguments, variables);
            }
            CelExpr key = arguments.get(1);
            Meaning indexed = visit(arguments.get(0), variables);
            visit(key, variables);
            if (!(indexed instanceof Part part)) {
                return null;
            }
            if (!part.list()) {
                text(key).ifPresent(name -> expect(part, name, key));
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
            return isFilter(loop) ? range : null;
        }

        private void expect(Part part, String key, CelExpr node) {
            ChosenNames.Keys keys = part.keys();
            if (keys.all().contains(key)) {
                return;
            }
            String input = keys.input();
            problems.error(
                    expression.where().file(),
                    expression.at(placeOf(key, node)),
                    expression.what() + ": " + part.field() + " has no '" + key + "'; "
                            + (keys.named().isEmpty()
                                    ? "the step names no " + input + ", add it to with." + input
                                    : "with." + input + " names " + String.join(", ", keys.named())
                                            + Nearest.hint(key, keys.all())));
        }

        private int placeOf(String key, CelExpr node) {
            int near = tree.getSource().getPositionsMap().getOrDefault(node.id(), 0);
            Matcher whole =
                    Pattern.compile("(?<!\\w)" + Pattern.quote(key) + "(?!\\w)").matcher(expression.source());
            return whole.find(near) ? whole.start() : near;
        }
    }

    /** Whether a loop is what the macro filter becomes: it gathers the elements themselves. */
    private static boolean isFilter(CelExpr.CelComprehension loop) {
        if (!isCall(loop.loopStep(), CONDITIONAL, 3)) {
            return false;
        }
        CelExpr kept = loop.loopStep().call().args().get(1);
        if (!isCall(kept, SUM, 2)) {
            return false;
        }
        CelExpr added = kept.call().args().get(1);
        return added.getKind() == Kind.LIST
                && added.list().elements().size() == 1
                && isName(added.list().elements().get(0), loop.iterVar());
    }

    private static boolean isCall(CelExpr node, String function, int arguments) {
        return node.getKind() == Kind.CALL
                && node.call().function().equals(function)
                && node.call().args().size() == arguments;
    }

    private static boolean isName(CelExpr node, String name) {
        return node.getKind() == Kind.IDENT && node.ident().name().equals(name);
    }

    private static Optional<String> text(CelExpr node) {
        return node.getKind() == Kind.CONSTANT && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(node.constant().stringValue())
                : Optional.empty();
    }
}
