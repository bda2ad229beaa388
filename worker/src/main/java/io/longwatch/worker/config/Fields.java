package io.longwatch.worker.config;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a record as its canonical constructor takes them. */
final class Fields {
    /**
     * A field.
     *
     * @param type its type
     * @param optional whether it may be absent
     */
    record Field(Type type, boolean optional) {}

    private final Constructor<?> constructor;
    private final Map<String, Field> byName = new LinkedHashMap<>();

    Fields(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
        constructor.setAccessible(true);
        AnnotatedType[] annotated = constructor.getAnnotatedParameterTypes();
        for (int i = 0; i < components.length; i++) {
            byName.put(
                    components[i].getName(),
                    new Field(components[i].getGenericType(), annotated[i].isAnnotationPresent(Nullable.class)));
        }
    }

    Map<String, Field> byName() {
        return byName;
    }

    /**
     * Makes the record.
     *
     * @throws IllegalArgumentException with the record's own words if it does not take the values
     */
    Object create(Map<String, Object> values) {
        Object[] arguments = byName.keySet().stream().map(values::get).toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalArgumentException(Objects.requireNonNullElse(cause.getMessage(), "is not valid"), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), e);
        }
    }
}
