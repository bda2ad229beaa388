package io.longwatch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.Contracts;
import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Judgement;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in a history or a heartbeat is read by a worker that knows more of a record, or less. */
class WireRecordsTest {
    private static final List<Class<? extends Record>> SENT = List.of(
            StepRef.class,
            UndoResult.class,
            ReleaseRequest.class,
            ReleaseRecord.class,
            ReleaseOutcome.class,
            Decision.class,
            DecisionOutcome.class,
            Judgement.class,
            Announcement.class,
            Posted.class,
            LedgerPage.class,
            WatchInput.class,
            WindowProgress.class,
            WindowResult.class);

    /** Nothing can be done with these without the field; they had it from the first version on. */
    private static final Map<String, Set<String>> ESSENTIAL = Map.of(
            "StepRef", Set.of("release", "environment", "step"),
            "UndoResult", Set.of("outcome", "summary"),
            "ReleaseRequest", Set.of("release", "plan"),
            "Decision", Set.of("id", "release", "subject", "verb", "who", "channel"),
            "LedgerPage", Set.of("request", "record"),
            "Approval", Set.of("count"));

    @ParameterizedTest
    @MethodSource("records")
    void aRecordIsReadWithOneFieldMoreAndWithAnyOneLess(Class<? extends Record> type) {
        // Given
        Map<String, Object> whole = sample(type);
        Map<String, Object> later = new LinkedHashMap<>(whole);
        later.put("addedLater", "by a newer worker");

        // When / Then
        assertThat(Json.mapper().convertValue(later, type))
                .isEqualTo(Json.mapper().convertValue(whole, type));
        for (RecordComponent component : type.getRecordComponents()) {
            if (!ESSENTIAL.getOrDefault(type.getSimpleName(), Set.of()).contains(component.getName())) {
                Map<String, Object> earlier = new LinkedHashMap<>(whole);
                earlier.remove(component.getName());
                assertThatCode(() -> Json.mapper().convertValue(earlier, type))
                        .as(type.getName() + " without " + component.getName())
                        .doesNotThrowAnyException();
            }
        }
    }

    static Set<Class<?>> records() {
        Set<Class<?>> found = new LinkedHashSet<>();
        SENT.forEach(type -> collect(type, found));
        Contracts.catalog().all().forEach(spec -> {
            collect(spec.result(), found);
            if (spec.before() != null) {
                collect(spec.before(), found);
            }
        });
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> one && one.isSealed()) {
            Stream.of(one.getPermittedSubclasses()).forEach(permitted -> collect(permitted, found));
        } else if (type instanceof Class<?> one && one.isRecord() && found.add(one)) {
            Stream.of(one.getRecordComponents()).forEach(component -> collect(component.getGenericType(), found));
        }
    }

    private static Map<String, Object> sample(Class<?> type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Class<?> parent : type.getInterfaces()) {
            JsonTypeInfo named = parent.getAnnotation(JsonTypeInfo.class);
            if (named != null) {
                fields.put(named.property(), nameOf(type, parent));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            boolean again = component.getGenericType() instanceof ParameterizedType generic
                    && List.of(generic.getActualTypeArguments()).contains(type);
            fields.put(component.getName(), again ? List.of() : value(component.getGenericType()));
        }
        return fields;
    }

    private static String nameOf(Class<?> type, Class<?> parent) {
        return Stream.of(parent.getAnnotation(JsonSubTypes.class).value())
                .filter(choice -> choice.value().equals(type))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            boolean many = Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
            return many ? new ArrayList<>(List.of(value(of[0]))) : new LinkedHashMap<>(Map.of("1", value(of[1])));
        }
        Class<?> one = (Class<?>) type;
        if (one.isSealed()) {
            return sample(one.getPermittedSubclasses()[0]);
        }
        return one.isRecord() ? sample(one) : scalar(one);
    }

    private static Object scalar(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return "2026-05-04T09:00:00Z";
        }
        if (type == Duration.class) {
            return "PT1M";
        }
        if (type == JsonNode.class) {
            return Map.of();
        }
        if (type.isEnum()) {
            return ((Enum<?>) type.getEnumConstants()[0]).name();
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? 1 : "a";
    }
}
