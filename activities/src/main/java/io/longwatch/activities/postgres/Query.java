package io.longwatch.activities.postgres;

import static java.util.stream.Collectors.joining;

import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.actions.postgres.QueryResult;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One statement in a transaction that the server keeps from writing; given back to the pool, it is rolled back. */
final class Query {
    private static final int MOST_COLUMNS = 16;
    private static final int ROW_BYTES = 5000;
    private static final int VALUE_BYTES = 500;
    private static final int MOST_SHOWN = 6;

    private final Connection connection;
    private final QueryInput input;

    Query(Connection connection, QueryInput input) {
        this.connection = connection;
        this.input = input;
    }

    QueryResult run() throws SQLException {
        var sql = new NamedSql(input.sql());
        sql.require(input.parametersOrNone());
        connection.setReadOnly(true);
        Transactions.limit(connection, input.statementTimeoutOrDefault());
        try (PreparedStatement statement = connection.prepareStatement(sql.jdbc())) {
            statement.setMaxRows(input.rowLimitOrDefault() + 1);
            statement.setFetchSize(500);
            new Bindings(statement).bind(sql.names(), input.parametersOrNone());
            return read(statement);
        } catch (SQLException e) {
            throw new StatementFailed(sql.place(Transactions.positionOf(e)), e);
        }
    }

    private QueryResult read(PreparedStatement statement) throws SQLException {
        if (!statement.execute()) {
            throw Failures.invalid("the statement gives no rows; a query is a SELECT, WITH, VALUES or SHOW");
        }
        try (ResultSet rows = statement.getResultSet()) {
            List<String> columns = columns(rows.getMetaData());
            boolean any = rows.next();
            Object value = any ? value(rows, columns.get(0)) : null;
            Map<String, Object> row = any ? row(rows, columns) : Map.of();
            long count = count(rows, any);
            boolean truncated = count > input.rowLimitOrDefault();
            long counted = Math.min(count, input.rowLimitOrDefault());
            int left = any && input.outputs() == null ? columns.size() - row.size() : 0;
            return new QueryResult(counted, truncated, value, row, summary(counted, truncated, row) + leftOut(left));
        }
    }

    private static List<String> columns(ResultSetMetaData meta) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            names.add(meta.getColumnLabel(column));
        }
        return names;
    }

    private @Nullable Object value(ResultSet rows, String column) throws SQLException {
        var cells = new Cells(rows, VALUE_BYTES);
        boolean declared = input.outputs() != null && input.outputs().contains(column);
        return declared || cells.isFigure(1) ? cells.at(1) : null;
    }

    private Map<String, Object> row(ResultSet rows, List<String> columns) throws SQLException {
        List<String> outputs = input.outputs() == null ? figures(rows, columns) : declared(input.outputs(), columns);
        var cells = new Cells(rows, Math.min(VALUE_BYTES, ROW_BYTES / Math.max(1, outputs.size())));
        Map<String, Object> row = new LinkedHashMap<>();
        for (String output : outputs) {
            row.put(output, cells.at(columns.indexOf(output) + 1));
        }
        return row;
    }

    /** What may come back undeclared: a text may be anything, a person's data or a secret among it. */
    private static List<String> figures(ResultSet rows, List<String> columns) throws SQLException {
        var cells = new Cells(rows, VALUE_BYTES);
        List<String> figures = new ArrayList<>();
        for (int column = 1; column <= columns.size() && figures.size() < MOST_COLUMNS; column++) {
            // Of columns with one name the first is read.
            if (columns.indexOf(columns.get(column - 1)) == column - 1 && cells.isFigure(column)) {
                figures.add(columns.get(column - 1));
            }
        }
        return figures;
    }

    private static List<String> declared(List<String> outputs, List<String> columns) {
        for (String output : outputs) {
            if (!columns.contains(output)) {
                throw Failures.invalid("outputs names '" + output + "', and the statement gives the columns " + columns
                        + "; name it with AS");
            }
        }
        return outputs;
    }

    private static long count(ResultSet rows, boolean any) throws SQLException {
        long count = any ? 1 : 0;
        while (any && rows.next()) {
            count++;
        }
        return count;
    }

    private static String leftOut(int columns) {
        return columns == 0
                ? ""
                : "; " + columns + (columns == 1 ? " column" : " columns") + " left out, not declared in outputs";
    }

    private static String summary(long count, boolean truncated, Map<String, Object> row) {
        if (count == 1 && !row.isEmpty() && row.size() <= MOST_SHOWN) {
            return row.entrySet().stream()
                    .map(cell -> cell.getKey() + " = " + Bounded.text(String.valueOf(cell.getValue()), 80))
                    .collect(joining(", "));
        }
        return (truncated ? "more than " : "") + count + (count == 1 ? " row" : " rows");
    }
}
