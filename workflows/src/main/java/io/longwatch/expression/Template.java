package io.longwatch.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values with <code>${{ expression }}</code> in them. A value that is one placeholder takes the expression's own type;
 * a placeholder within text is written into it. <code>${{'${{'}}</code> is how a literal one is kept.
 */
public final class Template {
    private static final String OPENING = "${{";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}", Pattern.DOTALL);

    private Template() {}

    /** Placeholders of a text, with their offsets in it. */
    public static List<Placeholder> placeholders(String text) {
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(new Placeholder(matcher.group(1), matcher.start(1)));
        }
        return found;
    }

    /** Whether a text is one placeholder and nothing else, and so takes its expression's type. */
    public static boolean isWhole(String text) {
        return text.startsWith(OPENING)
                && text.indexOf("}}") == text.length() - 2
                && placeholders(text).size() == 1;
    }

    /** Whether anything in a value is to be filled in. */
    public static boolean hasPlaceholders(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Template::hasPlaceholders);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Template::hasPlaceholders);
        }
        return value instanceof String text && text.contains(OPENING);
    }

    /** Text that {@link #resolve} gives back as it is. */
    public static String literal(String text) {
        return text.replace("${{", "${{'${{'}}");
    }

    /**
     * A value with its placeholders filled in, as JSON would hold it.
     *
     * @throws ExpressionFailed if an expression cannot be evaluated
     */
    public static @Nullable Object resolve(@Nullable Object value, Expressions expressions, Map<String, Object> scope) {
        if (value instanceof String text) {
            return resolveText(text, expressions, scope);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(String.valueOf(key), resolve(entry, expressions, scope)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(resolve(entry, expressions, scope)));
            return copy;
        }
        return value;
    }

    private static @Nullable Object resolveText(String text, Expressions expressions, Map<String, Object> scope) {
        if (!text.contains(OPENING)) {
            return text;
        }
        if (isWhole(text)) {
            return Values.toJson(expressions.evaluate(placeholders(text).get(0).expression(), scope));
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(Values.toText(expressions.evaluate(match.group(1), scope))));
    }

    /**
     * An expression in a text.
     *
     * @param expression CEL
     * @param offset where it begins in the text
     */
    public record Placeholder(String expression, int offset) {}
}
