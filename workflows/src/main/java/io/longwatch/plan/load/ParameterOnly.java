package io.longwatch.plan.load;

import io.longwatch.expression.Expressions;
import io.longwatch.expression.Template;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a value is known when the plan is loaded: its placeholders, if it has any, speak of parameters alone. */
final class ParameterOnly {
    private static final Pattern LATER = Pattern.compile("(?<![\\w.])(release|steps|baseline|result)\\b");

    private ParameterOnly() {}

    static boolean test(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(ParameterOnly::test);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().allMatch(ParameterOnly::test);
        }
        return !(value instanceof String text)
                || Template.placeholders(text).stream()
                        .noneMatch(p -> LATER.matcher(Expressions.withoutLiterals(p.expression()))
                                .find());
    }
}
