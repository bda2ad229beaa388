package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Json;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.ReleaseFacts;
import io.longwatch.expression.Values;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Check;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.release.ReleaseRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results that simulated actions give, worked out ahead: the contracts' examples, bent to what the plan expects. */
final class Simulation {
    private final ActionCatalog catalog;
    private final NamedOutputs named;
    private final Map<String, Object> scope = new LinkedHashMap<>();
    private final Map<String, Object> steps = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, ObjectNode> results = new LinkedHashMap<>();
    private final Map<String, String> expected = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    Simulation(ReleaseRequest request, ActionCatalog catalog) {
        this.catalog = catalog;
        ReleasePlan plan = request.plan();
        named = new NamedOutputs(plan);
        scope.put("params", Values.ofParameters(request.plan().parameters(), request.parameters()));
        scope.put("release", Values.toCel(facts(request)));
        scope.put("steps", steps);
        scope.put("baseline", figures);
        actionSteps(plan).forEach(this::simulate);
        if (plan.soak() != null) {
            plan.soak().checks().forEach(this::simulate);
        }
    }

    /** What the simulation could not meet; those expectations always hold in the rehearsal. */
    List<String> warnings() {
        return warnings;
    }

    /** The result of a step or check. */
    ObjectNode result(String id, ActionSpec spec) {
        return results.getOrDefault(id, Examples.of(spec.result()));
    }

    private static Stream<ActionStep> actionSteps(ReleasePlan plan) {
        Rollback rollback = plan.rollback();
        Stream<ActionStep> restore =
                rollback.restore().stream().map(Rollback.Restore::action).filter(Objects::nonNull);
        return Stream.of(plan.actionSteps(), restore, rollback.verify().stream(), rollback.dataLoss().stream())
                .flatMap(steps -> steps);
    }

    /** What a step with a simulated result says: what it is taken to have met. */
    String summary(String id) {
        String expect = expected.get(id);
        return expect == null ? "simulated" : "simulated: " + expect.replace("result.", "");
    }

    /** Bends results in this release's scope. */
    Satisfier satisfier() {
        return new Satisfier(scope);
    }

    private void simulate(ActionStep step) {
        if (step.expect() != null) {
            expected.put(step.id(), step.expect());
        }
        ActionSpec spec = catalog.get(step.uses());
        List<String> conditions = step.expect() == null ? List.of() : List.of(step.expect());
        ObjectNode result = bent(step.id(), spec, step.with(), step.baseline().values(), conditions);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("result", typed(result, spec.result()));
        Class<? extends Record> before = spec.before();
        if (before != null) {
            facts.put("before", typed(Examples.of(before), before));
        }
        steps.put(Expressions.variableOf(step.id()), facts);
        step.baseline().forEach((name, expression) -> baseline(name, expression, facts));
    }

    private void baseline(String name, String expression, Map<String, Object> facts) {
        Map<String, Object> values = new LinkedHashMap<>(scope);
        values.put("result", facts.get("result"));
        try {
            figures.put(name, Expressions.shared().evaluate(expression, values));
        } catch (ExpressionFailed e) {
            warnings.add("baseline '" + name + "' cannot be simulated: " + e.getMessage());
        }
    }

    private void simulate(Check check) {
        List<String> conditions = new ArrayList<>();
        if (check.successCondition() != null) {
            conditions.add(check.successCondition());
        }
        if (check.failureCondition() != null) {
            conditions.add("!(" + check.failureCondition() + ")");
        }
        List<String> figures = check.figure() == null ? List.of() : List.of(check.figure());
        bent(check.id(), catalog.get(check.uses()), check.with(), figures, conditions);
    }

    private ObjectNode bent(
            String id, ActionSpec spec, Map<String, Object> with, Collection<String> figures, List<String> conditions) {
        ObjectNode result = Examples.of(spec.result());
        named.fill(
                id,
                with,
                Stream.of(figures, conditions).flatMap(Collection::stream).toList(),
                result);
        Satisfier satisfier = new Satisfier(scope);
        conditions.stream()
                .filter(condition -> !holds(result, spec, condition))
                .forEach(condition -> satisfier.bend(result, condition));
        conditions.stream()
                .filter(condition -> !holds(result, spec, condition))
                .forEach(condition ->
                        warnings.add("'" + id + "': no simulated result meets " + condition + "; it is taken as met"));
        results.put(id, result);
        return result;
    }

    /** Whether a condition holds for a result; not if it cannot be evaluated. */
    boolean holds(ObjectNode result, ActionSpec spec, String condition) {
        Map<String, Object> values = new LinkedHashMap<>(scope);
        try {
            values.put("result", typed(result, spec.result()));
            return Expressions.shared().holds(condition, values);
        } catch (ExpressionFailed | IllegalArgumentException e) {
            return false;
        }
    }

    private static Object typed(ObjectNode result, Class<? extends Record> type) {
        return Values.toCel(Json.mapper().convertValue(result, type));
    }

    private static ReleaseFacts facts(ReleaseRequest request) {
        return new ReleaseFacts(
                request.release(),
                request.plan().service(),
                request.plan().environment(),
                request.requester(),
                request.requestedAt(),
                request.deployAt(),
                request.deployAt());
    }

    /** The plan without the expectations that no simulated result meets. */
    ReleasePlan met(ReleasePlan plan) {
        return Unmet.lift(plan, step -> unmet(step.id(), step.uses(), step.expect()));
    }

    private boolean unmet(String id, String uses, @Nullable String expect) {
        ActionSpec spec = catalog.get(uses);
        return expect != null && !holds(result(id, spec), spec, expect);
    }
}
