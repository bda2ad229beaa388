package io.longwatch.activities.soak;

import io.longwatch.expression.Expressions;
import io.longwatch.plan.Durations;
import io.longwatch.soak.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition for people: with the limits that it compares to, and what was found where it speaks of several things. */
final class ConditionWords {
    private static final Pattern LIMIT =
            Pattern.compile("(?<![\\w.])(params|baseline)\\.([A-Za-z_]\\w*)(?![\\w.(\\[])");
    private static final Pattern FOUND = Pattern.compile("(?<![\\w.])(result)\\.([A-Za-z_]\\w*)(?![\\w.(\\[])");

    private ConditionWords() {}

    /**
     * {@code result.ready < 2 || result.restarts > 0 (ready 2, restarts 1)}.
     *
     * @param condition as the plan has it
     * @param scope what it was evaluated with
     */
    static String of(String condition, Map<String, Object> scope) {
        String masked = Expressions.withoutLiterals(condition);
        Map<String, String> found = new LinkedHashMap<>();
        FOUND.matcher(masked)
                .results()
                .forEach(each -> value(scope, each).ifPresent(value -> found.put(each.group(2), value)));
        String several = found.size() < 2
                ? ""
                : found.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
        return withLimits(condition, masked, scope) + several;
    }

    private static String withLimits(String condition, String masked, Map<String, Object> scope) {
        StringBuilder words = new StringBuilder();
        int said = 0;
        Matcher matcher = LIMIT.matcher(masked);
        while (matcher.find()) {
            words.append(condition, said, matcher.start())
                    .append(value(scope, matcher).orElse(matcher.group()));
            said = matcher.end();
        }
        return words.append(condition.substring(said)).toString();
    }

    /** A value that can be said in a word; a text of the plan may be long, and is left to its name. */
    private static Optional<String> value(Map<String, Object> scope, MatchResult name) {
        @Nullable
        Object value = scope.get(name.group(1)) instanceof Map<?, ?> fields ? fields.get(name.group(2)) : null;
        if (value instanceof Number number) {
            return Optional.of(Words.figure(number.doubleValue(), ""));
        }
        if (value instanceof Duration duration) {
            return Optional.of(Durations.format(duration));
        }
        return value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
    }
}
