package io.longwatch.sandbox.prometheus.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {
    private static final Pattern TOKEN = Pattern.compile("""
            (?<SPACE>\\s+|\\#[^\\n]*)\
            |(?<TEXT>"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|`[^`]*`)\
            |(?<DURATION>(?:[0-9]+(?:ms|[smhdwy]))+(?![a-zA-Z0-9_]))\
            |(?<NUMBER>0[xX][0-9a-fA-F]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\
            |(?<NAME>[a-zA-Z_:][a-zA-Z0-9_:]*)\
            |(?<SIGN>=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}\\[\\],:@])""");
    private static final List<String> ESCAPES = List.of("\\\\", "\\\"", "\\'", "\\n", "\\t", "\\r");
    private static final List<String> ESCAPED = List.of("\\", "\"", "'", "\n", "\t", "\r");

    private Lexer() {}

    static List<Token> tokens(String query) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int position = 0;
        while (position < query.length()) {
            matcher.region(position, query.length());
            if (!matcher.lookingAt()) {
                throw PromqlException.parse(query, position, "unexpected character: '" + query.charAt(position) + "'");
            }
            if (matcher.group("SPACE") == null) {
                tokens.add(new Token(kind(matcher), matcher.group(), position));
            }
            position = matcher.end();
        }
        tokens.add(new Token(Kind.END, "end of input", query.length()));
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.END && matcher.group(kind.name()) != null) {
                return kind;
            }
        }
        throw new IllegalStateException("a token of no kind: " + matcher.group());
    }

    /** Milliseconds of a duration like 1h30m. */
    static long millis(String duration) {
        Matcher part = Pattern.compile("([0-9]+)(ms|[smhdwy])").matcher(duration);
        long millis = 0;
        while (part.find()) {
            millis += Long.parseLong(part.group(1)) * unit(part.group(2));
        }
        return millis;
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            case "w" -> 7 * 86_400_000L;
            default -> 365 * 86_400_000L;
        };
    }

    /** What a quoted text says. */
    static String unquoted(String text) {
        String inner = text.substring(1, text.length() - 1);
        if (text.charAt(0) == '`') {
            return inner;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            int escape = inner.charAt(i) == '\\' ? ESCAPES.indexOf(inner.substring(i, i + 2)) : -1;
            plain.append(escape < 0 ? String.valueOf(inner.charAt(i)) : ESCAPED.get(escape));
            i += escape < 0 ? 0 : 1;
        }
        return plain.toString();
    }

    /** Kinds of token. */
    enum Kind {
        TEXT,
        DURATION,
        NUMBER,
        NAME,
        SIGN,
        END
    }

    /** A token and where it stands. */
    record Token(Kind kind, String text, int position) {
        boolean is(String sign) {
            return kind != Kind.TEXT && text.equals(sign);
        }
    }
}
