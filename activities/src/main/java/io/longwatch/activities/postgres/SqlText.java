package io.longwatch.activities.postgres;

import org.postgresql.core.Parser;

/** Walks SQL text: where literals, quoted names and comments end, and which line and column an offset is. */
final class SqlText {
    private SqlText() {}

    /**
     * The offset after the literal, quoted name or comment that begins at {@code at}; {@code at} itself if none begins
     * there.
     */
    static int skip(char[] sql, int at) {
        int last = switch (sql[at]) {
            case '\'' -> Parser.parseSingleQuotes(sql, at, true);
            case '"' -> Parser.parseDoubleQuotes(sql, at);
            case '-' -> Parser.parseLineComment(sql, at);
            case '/' -> Parser.parseBlockComment(sql, at);
            case '$' -> Parser.parseDollarQuotes(sql, at);
            default -> at;
        };
        return last == at ? at : Math.min(last + 1, sql.length);
    }

    static boolean isComment(char[] sql, int at) {
        return at + 1 < sql.length
                && ((sql[at] == '-' && sql[at + 1] == '-') || (sql[at] == '/' && sql[at + 1] == '*'));
    }

    static boolean startsName(char c) {
        return Character.isLetter(c) || c == '_';
    }

    static boolean continuesName(char c) {
        return startsName(c) || Character.isDigit(c);
    }

    /** The offset after the name that begins at {@code at}. */
    static int endOfName(char[] sql, int at) {
        int end = at;
        while (end < sql.length && (continuesName(sql[end]) || sql[end] == '$')) {
            end++;
        }
        return end;
    }

    static int line(String sql, int offset) {
        return 1
                + (int) sql.substring(0, Math.min(offset, sql.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    static int column(String sql, int offset) {
        int end = Math.min(offset, sql.length());
        return end - sql.lastIndexOf('\n', end - 1);
    }
}
