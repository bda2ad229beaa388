package io.longwatch.activities.postgres;

import io.longwatch.contract.Failures;
import io.longwatch.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A script of SQL, split where its statements end: at semicolons outside of literals, comments, parentheses and the
 * bodies of functions. What cannot be part of one transaction is refused before anything runs.
 */
final class Script {
    private static final Set<String> TRANSACTION =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE");
    private static final Pattern COPY_IN = Pattern.compile("(?is)COPY\\b.*\\bFROM\\s+STDIN\\b.*");

    /** @param offset where it begins in the script */
    record Statement(String sql, int offset) {}

    private final String text;
    private final char[] sql;
    private final List<Statement> statements = new ArrayList<>();
    private int begin = -1;
    private int parentheses;
    private int bodies;
    private String word = "";

    private Script(String text) {
        this.text = text;
        this.sql = text.toCharArray();
    }

    /**
     * The statements of a script.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if it holds none, or one that cannot run in the
     *     migration's transaction
     */
    static Script of(String text) {
        var script = new Script(text);
        script.split();
        if (script.statements.isEmpty()) {
            throw Failures.invalid("the script holds no statement, only comments; write the SQL to run");
        }
        script.statements.forEach(script::requireTransactional);
        return script;
    }

    /** SHA-256 of a script, the same whatever its line ends. */
    static String checksum(String script) {
        byte[] bytes = script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        return Sha256.hex(bytes);
    }

    List<Statement> statements() {
        return List.copyOf(statements);
    }

    /** Line and column of a position, from 1, that the server reports in a statement; its beginning without one. */
    String place(Statement statement, int position) {
        int offset = statement.offset() + Math.max(0, position - 1);
        return "line " + SqlText.line(text, offset) + ", column " + SqlText.column(text, offset) + " of the script";
    }

    private void split() {
        int at = 0;
        while (at < sql.length) {
            int after = SqlText.skip(sql, at);
            if (after > at) {
                begin = begin < 0 && !SqlText.isComment(sql, at) ? at : begin;
                at = after;
            } else if (SqlText.startsName(sql[at])) {
                begin = begin < 0 ? at : begin;
                int end = SqlText.endOfName(sql, at);
                word(new String(sql, at, end - at).toUpperCase(Locale.ROOT));
                at = end;
            } else {
                symbol(at);
                at++;
            }
        }
        end(sql.length);
    }

    private void symbol(int at) {
        if (sql[at] == ';' && parentheses == 0 && bodies == 0) {
            end(at);
        } else if (!Character.isWhitespace(sql[at])) {
            begin = begin < 0 && sql[at] != ';' ? at : begin;
            parentheses += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
        }
    }

    /** BEGIN ATOMIC ... END is the body of a SQL function; CASE ... END may stand in it. */
    private void word(String next) {
        if (bodies > 0) {
            bodies += next.equals("CASE") ? 1 : next.equals("END") ? -1 : 0;
        } else if (next.equals("ATOMIC") && word.equals("BEGIN")) {
            bodies = 1;
        }
        word = next;
    }

    private void end(int at) {
        if (begin >= 0) {
            statements.add(new Statement(text.substring(begin, at), begin));
        }
        begin = -1;
        parentheses = 0;
        bodies = 0;
        word = "";
    }

    private void requireTransactional(Statement statement) {
        String first = statement.sql().split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
        if (TRANSACTION.contains(first) && !isPreparedStatement(statement, first)) {
            throw Failures.invalid("the script has " + first + " at " + place(statement, 1)
                    + "; it runs in one transaction of its own, leave BEGIN, COMMIT and the like out");
        }
        if (statement.sql().startsWith("\\")) {
            throw Failures.invalid("the script has a command of psql at " + place(statement, 1)
                    + "; write SQL alone, a step does not run psql");
        }
        if (COPY_IN.matcher(statement.sql()).matches()) {
            throw Failures.invalid("the script has COPY FROM STDIN at " + place(statement, 1)
                    + "; write INSERT, or dump with --inserts");
        }
    }

    private static boolean isPreparedStatement(Statement statement, String first) {
        return first.equals("PREPARE")
                && !statement.sql().toUpperCase(Locale.ROOT).matches("(?s)PREPARE\\s+TRANSACTION\\b.*");
    }
}
