package io.longwatch.activities.soak;

import io.longwatch.expression.Expressions;
import io.longwatch.expression.ReleaseFacts;
import io.longwatch.expression.ScopeTypes;
import io.longwatch.expression.Values;
import io.longwatch.plan.Durations;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a window's expressions may speak of besides {@code result}. Its values came as JSON, which knows times and
 * durations as text only; here they are again what the plan was checked with.
 */
final class Given {
    private static final List<String> TIMES_OF_RELEASE = Arrays.stream(ReleaseFacts.class.getRecordComponents())
            .filter(component -> component.getType() == Instant.class)
            .map(RecordComponent::getName)
            .toList();
    private static final List<String> TIMES_OF_STEP = List.of("startedAt", "finishedAt");

    private final Map<String, Object> asText = new LinkedHashMap<>();
    private final Map<String, Object> withDurations;
    private final Set<String> speakOfDurations = new HashSet<>();

    Given(WatchInput input) {
        input.scope().forEach((name, value) -> asText.put(name, Values.toCel(value)));
        asText.computeIfPresent("release", (name, release) -> withTimes(release, TIMES_OF_RELEASE));
        asText.computeIfPresent("steps", (name, steps) -> withTimesOfEach(steps));
        withDurations = new LinkedHashMap<>(asText);
        Map<String, Object> params = fields(asText.get("params"));
        Map<String, Object> durations = durationsOf(params);
        if (!durations.isEmpty()) {
            params.putAll(durations);
            withDurations.put("params", params);
            findDurations(input.checks(), params, durations.keySet());
        }
    }

    /** Values by variable for an expression of the window. */
    Map<String, Object> valuesFor(String expression) {
        return speakOfDurations.contains(expression) ? withDurations : asText;
    }

    /** A text parameter may read like a duration: an expression is of durations if it is sound with them. */
    private void findDurations(List<WatchedCheck> checks, Map<String, Object> params, Set<String> durations) {
        Pattern named = Pattern.compile("\\b(?:" + String.join("|", durations) + ")\\b");
        List<String> naming = checks.stream()
                .flatMap(check -> Stream.of(
                        Optional.ofNullable(check.figure()),
                        Optional.ofNullable(check.successCondition()),
                        Optional.ofNullable(check.failureCondition())))
                .flatMap(Optional::stream)
                .filter(expression -> named.matcher(expression).find())
                .toList();
        if (!naming.isEmpty()) {
            // Made for those alone: hardly any check names a duration, and each look comes by here.
            ScopeTypes types = ScopeTypes.ofValues(params);
            naming.stream()
                    .filter(expression ->
                            Expressions.typed(expression, types).type().isPresent())
                    .forEach(speakOfDurations::add);
        }
    }

    private static Map<String, Object> durationsOf(Map<String, Object> params) {
        Map<String, Object> durations = new LinkedHashMap<>();
        params.forEach((name, value) -> duration(value).ifPresent(duration -> durations.put(name, duration)));
        return durations;
    }

    /** A release holds a parameter's duration in one form only: whatever else a text reads like, it stays text. */
    private static Optional<Duration> duration(Object value) {
        return value instanceof String text
                ? Durations.parse(text).filter(duration -> duration.toString().equals(text))
                : Optional.empty();
    }

    private static Map<String, Object> withTimesOfEach(Object steps) {
        Map<String, Object> each = fields(steps);
        each.replaceAll((id, facts) -> withTimes(facts, TIMES_OF_STEP));
        return each;
    }

    private static Map<String, Object> withTimes(Object facts, List<String> times) {
        Map<String, Object> typed = fields(facts);
        times.forEach(name ->
                typed.computeIfPresent(name, (n, value) -> value instanceof String text ? Instant.parse(text) : value));
        return typed;
    }

    private static Map<String, Object> fields(@Nullable Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), Objects.requireNonNull(field)));
        }
        return fields;
    }
}
