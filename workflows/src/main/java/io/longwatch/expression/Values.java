package io.longwatch.expression;

import dev.cel.common.values.NullValue;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Parameter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java values as CEL knows them, and back: records and maps as maps, whole numbers as long, fractions as double. */
public final class Values {
    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            List<Method> accessors = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                accessors.add(component.getAccessor());
            }
            return List.copyOf(accessors);
        }
    };

    private Values() {}

    /** A value for CEL; null becomes CEL's null. */
    public static Object toCel(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Record record) {
            return fromRecord(record);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(String.valueOf(key), toCel(entry)));
            return copy;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(toCel(entry)));
            return copy;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value;
    }

    /** The values of parameters as {@code params} has them: a duration, which is kept as text, as one. */
    public static Map<String, Object> ofParameters(List<Parameter> parameters, Map<String, Object> values) {
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object value = values.get(parameter.name());
            boolean duration = parameter.type() == Parameter.Type.DURATION && value instanceof String;
            typed.put(parameter.name(), duration ? Duration.parse((String) value) : toCel(value));
        }
        return typed;
    }

    private static Map<String, Object> fromRecord(Record record) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Method accessor : ACCESSORS.get(record.getClass())) {
            map.put(accessor.getName(), toCel(read(record, accessor)));
        }
        return map;
    }

    private static @Nullable Object read(Record record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    /** A CEL result as JSON would hold it: durations and instants as ISO-8601 text, CEL's null as null. */
    public static @Nullable Object toJson(@Nullable Object value) {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof Duration || value instanceof Instant) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(String.valueOf(key), toJson(entry)));
            return copy;
        }
        if (value instanceof Iterable<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(toJson(entry)));
            return copy;
        }
        return value;
    }

    /** As people read it inside a sentence or a template: 2 rather than 2.0, a duration as plans and PromQL write it. */
    public static String toText(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return Durations.format(duration);
        }
        Object json = toJson(value);
        if (json instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf(number.longValue());
        }
        return json == null ? "" : json.toString();
    }
}
