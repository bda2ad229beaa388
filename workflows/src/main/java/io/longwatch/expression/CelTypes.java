package io.longwatch.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CEL's types of Java's: a record is a struct whose fields are checked, a map or an unknown object is dynamic. */
final class CelTypes {
    private static final Map<Class<?>, CelType> SIMPLE = Map.ofEntries(
            Map.entry(String.class, SimpleType.STRING),
            Map.entry(int.class, SimpleType.INT),
            Map.entry(long.class, SimpleType.INT),
            Map.entry(Integer.class, SimpleType.INT),
            Map.entry(Long.class, SimpleType.INT),
            Map.entry(double.class, SimpleType.DOUBLE),
            Map.entry(Double.class, SimpleType.DOUBLE),
            Map.entry(boolean.class, SimpleType.BOOL),
            Map.entry(Boolean.class, SimpleType.BOOL),
            Map.entry(Duration.class, SimpleType.DURATION),
            Map.entry(Instant.class, SimpleType.TIMESTAMP));

    private final Map<String, StructType> structs = new LinkedHashMap<>();

    /** Structs met so far, by name. */
    Map<String, StructType> structs() {
        return structs;
    }

    CelType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> raw)) {
            return SimpleType.DYN;
        }
        if (raw.isRecord()) {
            return ofRecord(raw);
        }
        return raw.isEnum() ? SimpleType.STRING : SIMPLE.getOrDefault(raw, SimpleType.DYN);
    }

    private CelType ofGeneric(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return ListType.create(of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return MapType.create(SimpleType.STRING, of(arguments[1]));
        }
        return SimpleType.DYN;
    }

    private CelType ofRecord(Class<?> record) {
        StructType known = structs.get(record.getName());
        if (known != null) {
            return known;
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            CelType type = of(component.getGenericType());
            fields.put(component.getName(), nullable(component) ? nullableOf(type) : type);
        }
        return struct(record.getName(), fields);
    }

    /** A struct of the given fields, known by its name from now on. */
    StructType struct(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> known = ImmutableMap.copyOf(fields);
        StructType struct = StructType.create(name, known.keySet(), field -> Optional.ofNullable(known.get(field)));
        structs.put(name, struct);
        return struct;
    }

    private static CelType nullableOf(CelType type) {
        boolean wrappable = type.equals(SimpleType.INT)
                || type.equals(SimpleType.DOUBLE)
                || type.equals(SimpleType.STRING)
                || type.equals(SimpleType.BOOL);
        return wrappable ? NullableType.create(type) : type;
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || isAnnotated(component)
                || isAnnotated(component.getAccessor());
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class);
    }
}
