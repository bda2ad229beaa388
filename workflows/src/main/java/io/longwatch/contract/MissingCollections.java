package io.longwatch.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list or map that is missing as an empty one, where its record does not say that it may be null: a record that
 * was written before it had the component is read all the same.
 */
final class MissingCollections extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter && holdsMany(parameter) && !mayBeNull(parameter)
                ? EMPTY
                : super.findSetterInfo(annotated);
    }

    private static boolean holdsMany(AnnotatedParameter parameter) {
        Class<?> type = parameter.getRawType();
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static boolean mayBeNull(AnnotatedParameter parameter) {
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        return components == null
                || components[parameter.getIndex()].getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
