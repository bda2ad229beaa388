package io.longwatch.plan.load;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import org.jspecify.annotations.Nullable;

/** What the components of an input record are. */
public final class InputTypes {
    private InputTypes() {}

    /** Whether an input may be left out. */
    public static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || component.isAnnotationPresent(Nullable.class)
                || component.getAccessor().isAnnotationPresent(Nullable.class);
    }

    /** The class behind a type. */
    public static Class<?> rawType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> raw ? raw : Object.class;
    }

    /** The n-th type argument: what a list holds (0), or a map's values (1). */
    public static Type argument(Type type, int n) {
        Type argument = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[n] : Object.class;
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }
}
