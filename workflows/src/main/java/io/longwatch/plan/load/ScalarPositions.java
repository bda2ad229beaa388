package io.longwatch.plan.load;

/**
 * Finds a character of a scalar's value in the document. Folding, indentation and quotes change a scalar's white space
 * and nothing else, so the n-th character that is not white space is the same one in both; escapes are read as units.
 */
final class ScalarPositions {
    private final String raw;
    private final char quote;
    private int index;
    private int line;
    private int column;

    private ScalarPositions(Located.Scalar scalar) {
        this.raw = scalar.raw();
        this.line = scalar.position().line();
        this.column = scalar.position().column();
        char first = raw.isEmpty() ? ' ' : raw.charAt(0);
        this.quote = first == '"' || first == '\'' ? first : ' ';
        skipHeader(first);
    }

    static Position at(Located.Scalar scalar, int offset) {
        String before =
                scalar.text().substring(0, Math.min(offset, scalar.text().length()));
        ScalarPositions cursor = new ScalarPositions(scalar);
        long visible = before.codePoints().filter(c -> c > ' ').count();
        for (long n = 0; n < visible; n++) {
            cursor.skipWhiteSpace();
            cursor.skipUnit();
        }
        return offset < scalar.text().length() && scalar.text().charAt(offset) > ' '
                ? cursor.afterWhiteSpace()
                : cursor.afterBlanks(before.length() - before.stripTrailing().length());
    }

    private void skipHeader(char first) {
        if (quote != ' ') {
            step(1);
        } else if (first == '|' || first == '>') {
            int end = raw.indexOf('\n');
            step(end < 0 ? raw.length() : end + 1);
        }
    }

    private Position afterWhiteSpace() {
        skipWhiteSpace();
        return new Position(line, column);
    }

    private Position afterBlanks(int blanks) {
        return new Position(line, column + blanks);
    }

    private void skipWhiteSpace() {
        while (index < raw.length()) {
            int length = unit();
            if (!isWhiteSpace(length)) {
                return;
            }
            step(length);
        }
    }

    private void skipUnit() {
        if (index < raw.length()) {
            step(unit());
        }
    }

    /** Length of the characters that stand for one character of the value. */
    private int unit() {
        char c = raw.charAt(index);
        if (quote == '\'' && c == '\'') {
            return Math.min(2, raw.length() - index);
        }
        if (quote == '"' && c == '\\' && index + 1 < raw.length()) {
            return Math.min(escapeLength(raw.charAt(index + 1)), raw.length() - index);
        }
        return Character.charCount(raw.codePointAt(index));
    }

    private static int escapeLength(char escaped) {
        return switch (escaped) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private boolean isWhiteSpace(int length) {
        char c = raw.charAt(index);
        if (quote == '"' && c == '\\' && length == 2) {
            return " \tntrabfveN_LP0\n\r".indexOf(raw.charAt(index + 1)) >= 0;
        }
        return c <= ' ';
    }

    private void step(int length) {
        int end = index + length;
        while (index < end) {
            int c = raw.codePointAt(index);
            index += Character.charCount(c);
            column++;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
    }
}
