package io.longwatch.activities.prometheus;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the selectors in a query, for servers that cannot be asked for a syntax tree: reads it token by token, knows
 * which names are functions, operators and label lists, and leaves out what stands inside {@code absent(...)}.
 */
final class Selectors {
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2", "bool", "offset");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> NUMBERS = Set.of("inf", "nan");
    private static final Pattern TOKEN = Pattern.compile("""
            (?<space>\\s+|\\#[^\\n]*)\
            |(?<string>"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)\
            |(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\
            |(?<number>[0-9.][0-9a-zA-Z_.]*)\
            |(?<sign>.)""", Pattern.DOTALL);

    private final String query;
    private final Matcher tokens;
    private final Set<String> found = new LinkedHashSet<>();

    private Selectors(String query) {
        this.query = query;
        this.tokens = TOKEN.matcher(query);
    }

    /** Every selector outside of absent(), as it is written, once each. */
    static Set<String> in(String query) {
        Selectors selectors = new Selectors(query);
        selectors.read();
        return selectors.found;
    }

    private void read() {
        while (tokens.lookingAt()) {
            int start = tokens.start();
            int end = tokens.end();
            String name = tokens.group("name");
            if (name != null) {
                end = afterName(name, start, end);
            } else if ("{".equals(tokens.group("sign"))) {
                end = closing(start, '{', '}');
                found.add(query.substring(start, end));
            } else if ("[".equals(tokens.group("sign"))) {
                end = closing(start, '[', ']');
            }
            tokens.region(end, query.length());
        }
    }

    /** Takes in what belongs to a name, and says where that ends. */
    private int afterName(String name, int start, int end) {
        String lower = name.toLowerCase(Locale.ROOT);
        int next = skipSpace(end);
        char sign = next < query.length() ? query.charAt(next) : ' ';
        if (LABEL_LISTS.contains(lower)) {
            return sign == '(' ? closing(next, '(', ')') : end;
        }
        if (OPERATORS.contains(lower) || NUMBERS.contains(lower)) {
            return end;
        }
        if (sign == '(') {
            return lower.startsWith("absent") ? closing(next, '(', ')') : end;
        }
        if (isAggregation(lower, next)) {
            return end;
        }
        int selectorEnd = sign == '{' ? closing(next, '{', '}') : end;
        found.add(query.substring(start, selectorEnd).strip());
        return selectorEnd;
    }

    /** Whether a name is followed by "by" or "without": sum by (job) (...). */
    private boolean isAggregation(String name, int next) {
        String word = wordAt(next);
        return !name.isEmpty() && ("by".equals(word) || "without".equals(word));
    }

    private @Nullable String wordAt(int position) {
        Matcher word = Pattern.compile("[a-zA-Z_]+").matcher(query).region(position, query.length());
        return word.lookingAt() ? word.group().toLowerCase(Locale.ROOT) : null;
    }

    private int skipSpace(int position) {
        Matcher space = Pattern.compile("(\\s+|#[^\\n]*)*").matcher(query).region(position, query.length());
        return space.lookingAt() ? space.end() : position;
    }

    /** Position after the bracket that closes the one at {@code open}; the end of the query where none does. */
    private int closing(int open, char opening, char closing) {
        Matcher inner = TOKEN.matcher(query).region(open, query.length());
        int depth = 0;
        while (inner.lookingAt()) {
            String sign = inner.group("sign");
            if (sign != null && sign.charAt(0) == opening) {
                depth++;
            } else if (sign != null && sign.charAt(0) == closing && --depth == 0) {
                return inner.end();
            }
            inner.region(inner.end(), query.length());
        }
        return query.length();
    }
}
