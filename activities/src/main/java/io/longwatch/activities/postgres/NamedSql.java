package io.longwatch.activities.postgres;

import io.longwatch.contract.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A statement whose parameters stand as {@code :name}, made into one with question marks for the driver. A name after
 * two colons is a cast, and nothing within literals, quoted names and comments is touched.
 */
final class NamedSql {
    private final String original;
    private final StringBuilder jdbc = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    /** Where the text that the server sees runs level with the original again: its offset to the original's. */
    private final TreeMap<Integer, Integer> offsets = new TreeMap<>(Map.of(0, 0));

    private int sent;

    NamedSql(String sql) {
        this.original = withoutEnd(sql);
        parse(original.toCharArray());
    }

    String jdbc() {
        return jdbc.toString();
    }

    /** Names in the order of the question marks. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Refuses values without a place and places without a value. */
    void require(Map<String, Object> parameters) {
        var wanted = new TreeSet<>(names);
        if (!wanted.equals(new TreeSet<>(parameters.keySet()))) {
            throw Failures.invalid("the statement names the parameters " + wanted + ", and parameters gives "
                    + new TreeSet<>(parameters.keySet()) + "; give each of those named and no other");
        }
    }

    /** Line and column in the plan's text of a position, from 1, that the server reports; the whole without one. */
    String place(int position) {
        if (position < 1) {
            return "the statement";
        }
        var level = offsets.floorEntry(position - 1);
        int offset = level.getValue() + (position - 1 - level.getKey());
        return "line " + SqlText.line(original, offset) + ", column " + SqlText.column(original, offset)
                + " of the statement";
    }

    private void parse(char[] sql) {
        int at = 0;
        while (at < sql.length) {
            int after = SqlText.skip(sql, at);
            if (after > at) {
                copy(sql, at, after);
                at = after;
            } else if (sql[at] == ';') {
                throw Failures.invalid("the text holds more than one statement (the first ends at line "
                        + SqlText.line(original, at) + "); a query runs one");
            } else if (sql[at] == ':') {
                at = colon(sql, at);
            } else {
                at = plain(sql, at);
            }
        }
    }

    private int plain(char[] sql, int at) {
        if (SqlText.startsName(sql[at])) {
            int end = SqlText.endOfName(sql, at);
            copy(sql, at, end);
            return end;
        }
        copy(sql, at, at + 1);
        if (sql[at] == '?') {
            jdbc.append('?');
        }
        return at + 1;
    }

    private int colon(char[] sql, int at) {
        if (at + 1 < sql.length && (sql[at + 1] == ':' || sql[at + 1] == '=')) {
            copy(sql, at, at + 2);
            return at + 2;
        }
        if (at + 1 == sql.length || !SqlText.startsName(sql[at + 1])) {
            copy(sql, at, at + 1);
            return at + 1;
        }
        int end = SqlText.endOfName(sql, at + 1);
        names.add(new String(sql, at + 1, end - at - 1));
        jdbc.append('?');
        sent += ("$" + names.size()).length();
        offsets.put(sent, end);
        return end;
    }

    private void copy(char[] sql, int from, int to) {
        jdbc.append(sql, from, to - from);
        sent += to - from;
    }

    private static String withoutEnd(String sql) {
        return sql.replaceFirst("(\\s*;)?\\s*$", "");
    }
}
