package io.longwatch.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.longwatch.contract.ActionSpec;
import io.longwatch.plan.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression at some place of a plan may speak of, with types. Made anew for each place. */
public final class ScopeTypes {
    private final CelTypes types = new CelTypes();
    private final Map<String, CelType> variables = new LinkedHashMap<>();

    private ScopeTypes() {}

    /**
     * Parameters and the release alone: all that is known when a plan is loaded.
     *
     * @param parameters the plan's
     */
    public static ScopeTypes of(List<Parameter> parameters) {
        ScopeTypes scope = new ScopeTypes();
        Map<String, CelType> params = new LinkedHashMap<>();
        parameters.forEach(parameter -> params.put(parameter.name(), typeOf(parameter.type())));
        scope.variables.put("params", scope.types.struct("params", params));
        scope.variables.put("release", scope.types.of(ReleaseFacts.class));
        return scope;
    }

    /**
     * Parameters of the types that their values have; what else there is may be anything.
     *
     * @param parameters values by name, as {@link Values#toCel} makes them
     */
    public static ScopeTypes ofValues(Map<String, Object> parameters) {
        ScopeTypes scope = new ScopeTypes();
        Map<String, CelType> params = new LinkedHashMap<>();
        parameters.forEach((name, value) -> params.put(name, scope.types.of(value.getClass())));
        Expressions.VARIABLES.forEach(name -> scope.variables.put(name, SimpleType.DYN));
        scope.variables.put("params", scope.types.struct("params", params));
        return scope;
    }

    /**
     * Adds the steps that have run when the place is reached.
     *
     * @param steps their actions, by step id
     * @param baseline names of figures they record
     */
    public ScopeTypes withSteps(Map<String, ActionSpec> steps, List<String> baseline) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        steps.forEach((id, action) -> fields.put(Expressions.variableOf(id), stepType(id, action)));
        variables.put("steps", types.struct("steps", fields));
        Map<String, CelType> figures = new LinkedHashMap<>();
        baseline.forEach(name -> figures.put(name, SimpleType.DYN));
        variables.put("baseline", types.struct("baseline", figures));
        return this;
    }

    /** Adds {@code result}. */
    public ScopeTypes withResult(Class<? extends Record> result) {
        variables.put("result", types.of(result));
        return this;
    }

    private CelType stepType(String id, ActionSpec action) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        fields.put("result", types.of(action.result()));
        fields.put("before", before(action.before()));
        fields.put("startedAt", SimpleType.TIMESTAMP);
        fields.put("finishedAt", SimpleType.TIMESTAMP);
        return types.struct("step " + id, fields);
    }

    private CelType before(@Nullable Class<? extends Record> before) {
        return before == null ? SimpleType.NULL_TYPE : types.of(before);
    }

    /** The type that CEL knows a Java type by. */
    public static CelType typeOf(Type type) {
        return new CelTypes().of(type);
    }

    Map<String, CelType> variables() {
        return variables;
    }

    Map<String, StructType> structs() {
        return types.structs();
    }

    private static CelType typeOf(Parameter.Type type) {
        return switch (type) {
            case STRING -> SimpleType.STRING;
            case INTEGER -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case DURATION -> SimpleType.DURATION;
        };
    }
}
