package io.longwatch.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Json;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.ReleaseFacts;
import io.longwatch.expression.Template;
import io.longwatch.expression.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What expressions of the plan see at this moment of the release. */
final class Scope {
    private final Journal journal;
    private final ActionCatalog catalog;
    private final Expressions expressions;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, Supplier<Object>> variables = new LinkedHashMap<>();

    /** A step's facts, as its record gave them; a record that has not changed gives the same. */
    private record Known(StepRecord record, Map<String, Object> facts) {}

    Scope(Journal journal, ActionCatalog catalog, Expressions expressions) {
        this.journal = journal;
        this.catalog = catalog;
        this.expressions = expressions;
        variables.put("params", this::params);
        variables.put("release", () -> Values.toCel(facts()));
        variables.put("steps", this::steps);
        variables.put("baseline", () -> Values.toCel(journal.baseline()));
    }

    boolean holds(String condition) {
        return expressions.holds(condition, values(condition));
    }

    boolean holds(String condition, Record result) {
        return expressions.holds(condition, withResult(condition, result));
    }

    /** A figure or text for people and later steps. */
    @Nullable
    Object evaluate(String expression, Record result) {
        return Values.toJson(expressions.evaluate(expression, withResult(expression, result)));
    }

    @Nullable
    Object evaluate(String expression) {
        return Values.toJson(expressions.evaluate(expression, values(expression)));
    }

    /** Inputs with their placeholders filled in. */
    Map<String, Object> resolve(Map<String, Object> with) {
        Map<String, Object> values = Template.hasPlaceholders(with) ? values() : Map.of();
        Map<String, Object> resolved = new LinkedHashMap<>();
        with.forEach((name, value) -> {
            Object filled = Template.resolve(value, expressions, values);
            if (filled != null) {
                resolved.put(name, filled);
            }
        });
        return resolved;
    }

    private Map<String, Object> withResult(String expression, Record result) {
        Map<String, Object> values = values(expression);
        values.put("result", Values.toCel(result));
        return values;
    }

    /** Values by variable. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        variables.forEach((name, value) -> values.put(name, value.get()));
        return values;
    }

    /** Values of the variables that an expression can speak of, since their names stand in it. */
    private Map<String, Object> values(String expression) {
        Map<String, Object> values = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (expression.contains(name)) {
                values.put(name, value.get());
            }
        });
        return values;
    }

    private Map<String, Object> params() {
        return Values.ofParameters(
                journal.plan().parameters(), journal.request().parameters());
    }

    private ReleaseFacts facts() {
        return new ReleaseFacts(
                journal.request().release(),
                journal.plan().service(),
                journal.plan().environment(),
                journal.request().requester(),
                journal.startedAt(),
                journal.deployAt(),
                journal.deployedAt());
    }

    private Map<String, Object> steps() {
        Map<String, Object> steps = new LinkedHashMap<>();
        journal.steps()
                .forEach(step -> catalog.find(step.uses())
                        .ifPresent(spec -> steps.put(Expressions.variableOf(step.id()), known(spec, step))));
        return steps;
    }

    @SuppressWarnings("ReferenceEquality") // a record is replaced at each change; equality would compare whole results
    private Map<String, Object> known(ActionSpec spec, StepRecord record) {
        Known last = known.get(record.id());
        if (last != null && last.record() == record) {
            return last.facts();
        }
        Map<String, Object> facts = step(spec, record);
        known.put(record.id(), new Known(record, facts));
        return facts;
    }

    private static Map<String, Object> step(ActionSpec spec, StepRecord record) {
        Map<String, Object> facts = new LinkedHashMap<>();
        typed(record.result(), spec.result()).ifPresent(result -> facts.put("result", result));
        Class<? extends Record> before = spec.before();
        if (before != null) {
            typed(record.before(), before).ifPresent(recorded -> facts.put("before", recorded));
        }
        facts.put("startedAt", Values.toCel(record.startedAt()));
        facts.put("finishedAt", Values.toCel(record.endedAt()));
        return facts;
    }

    private static Optional<Object> typed(@Nullable JsonNode json, Class<? extends Record> type) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Values.toCel(Json.mapper().treeToValue(json, type)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recorded " + type.getSimpleName() + " no longer reads", e);
        }
    }
}
