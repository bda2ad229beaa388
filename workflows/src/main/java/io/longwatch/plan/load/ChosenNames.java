package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.NamedBy;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a step or check has by its own inputs in parts of its result.
 *
 * @param byField by component of the result; one whose keys cannot be told is not among them
 */
record ChosenNames(Map<String, Keys> byField) {
    static final ChosenNames NONE = new ChosenNames(Map.of());

    ChosenNames {
        byField = Map.copyOf(byField);
    }

    /**
     * The keys of one component.
     *
     * @param input the input that names them
     * @param named those it names
     * @param also those that are there besides
     * @param list whether the component is a list of maps that each have them
     */
    record Keys(String input, List<String> named, List<String> also, boolean list) {
        Keys {
            named = List.copyOf(named);
            also = List.copyOf(also);
        }

        /** All that are there. */
        List<String> all() {
            return Stream.concat(named.stream(), also.stream()).toList();
        }
    }

    /** Those of a step or check as it stands in the plan. */
    static ChosenNames of(@Nullable ActionSpec action, Located.Mapping node) {
        if (action == null) {
            return NONE;
        }
        Map<String, Keys> byField = new LinkedHashMap<>();
        for (RecordComponent component : action.result().getRecordComponents()) {
            NamedBy namedBy = component.getAnnotation(NamedBy.class);
            if (namedBy != null) {
                keys(namedBy, component.getType() == List.class, node)
                        .ifPresent(keys -> byField.put(component.getName(), keys));
            }
        }
        return new ChosenNames(byField);
    }

    private static Optional<Keys> keys(NamedBy namedBy, boolean list, Located.Mapping node) {
        Optional<Located> with = node.get("with").filter(ChosenNames::isThere);
        if (with.isPresent() && !(with.get() instanceof Located.Mapping)) {
            return Optional.empty();
        }
        Optional<Located> given = with.flatMap(inputs -> ((Located.Mapping) inputs).get(namedBy.value()))
                .filter(ChosenNames::isThere);
        if (given.isEmpty()) {
            return namedBy.otherwiseAny()
                    ? Optional.empty()
                    : Optional.of(new Keys(namedBy.value(), List.of(), List.of(), list));
        }
        return written(given.get()).map(named -> keys(namedBy, named, list));
    }

    /** What is named by nothing is not there, whatever would be there besides. */
    private static Keys keys(NamedBy namedBy, List<String> named, boolean list) {
        return new Keys(namedBy.value(), named, named.isEmpty() ? List.of() : List.of(namedBy.also()), list);
    }

    private static boolean isThere(Located input) {
        return !(input instanceof Located.Scalar scalar && scalar.isNull());
    }

    /** The names as they stand there; empty if some are known only later. */
    private static Optional<List<String>> written(Located input) {
        Stream<String> names;
        if (input instanceof Located.Mapping map) {
            names = map.entries().stream().map(Located.Entry::name);
        } else if (input instanceof Located.Sequence list
                && list.items().stream().allMatch(Located.Scalar.class::isInstance)) {
            names = list.items().stream().map(item -> ((Located.Scalar) item).text());
        } else {
            return Optional.empty();
        }
        List<String> all = names.toList();
        return all.stream().anyMatch(name -> name.contains("${{")) ? Optional.empty() : Optional.of(all);
    }
}
