package io.longwatch.plan.load;

import io.longwatch.plan.Parameter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The parameters a plan declares, with the values it is loaded with.
 *
 * @param declared those that could be read
 * @param broken names of those that could not
 * @param values by name, as JSON would hold them; some are missing if not complete
 * @param complete whether every parameter has a value
 */
record PlanParameters(
        List<Parameter> declared, SortedSet<String> broken, Map<String, Object> values, boolean complete) {
    PlanParameters {
        declared = List.copyOf(declared);
    }

    /** As CEL knows them: durations as such, whole numbers as long. */
    Map<String, Object> scope() {
        Map<String, Object> known = new LinkedHashMap<>();
        for (Parameter parameter : declared) {
            Object value = values.get(parameter.name());
            if (value != null) {
                known.put(parameter.name(), toCel(parameter.type(), value));
            }
        }
        return Map.of("params", known);
    }

    private static Object toCel(Parameter.Type type, Object value) {
        return switch (type) {
            case DURATION -> Duration.parse((String) value);
            case INTEGER -> ((Number) value).longValue();
            case NUMBER -> ((Number) value).doubleValue();
            case STRING, BOOLEAN -> value;
        };
    }
}
