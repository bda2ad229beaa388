package io.longwatch.activities.postgres;

import io.longwatch.text.Bounded;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads cells into what JSON and the plan's expressions know: long, double, boolean, bounded text. */
final class Cells {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private final ResultSet rows;
    private final int textBytes;

    /** @param textBytes bytes that one text may take in the result */
    Cells(ResultSet rows, int textBytes) {
        this.rows = rows;
        this.textBytes = textBytes;
    }

    /** Whether a column holds numbers or truth values. */
    boolean isFigure(int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BOOLEAN, Types.BIT -> "bool".equals(rows.getMetaData().getColumnTypeName(column));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> true;
            default -> false;
        };
    }

    @Nullable
    Object at(int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BOOLEAN, Types.BIT -> value instanceof Boolean ? value : text(column);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ((Number) value).longValue();
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> finite(((Number) value).doubleValue());
            case Types.NUMERIC, Types.DECIMAL -> number(value);
            case Types.BINARY, Types.VARBINARY -> ((byte[]) value).length + " bytes";
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> instant(column);
            case Types.DATE -> iso(column, LocalDate.class);
            case Types.TIME -> iso(column, LocalTime.class);
            default -> text(column);
        };
    }

    /** JSON has no NaN and no infinity. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? value : Double.toString(value);
    }

    /** A numeric without decimals, such as a sum of bigints, is a whole number. */
    private static Object number(Object value) {
        if (!(value instanceof BigDecimal decimal)) {
            return finite(((Number) value).doubleValue());
        }
        boolean whole = decimal.scale() <= 0 && decimal.compareTo(LEAST) >= 0 && decimal.compareTo(MOST) <= 0;
        return whole ? decimal.longValue() : finite(decimal.doubleValue());
    }

    private Object instant(int column) throws SQLException {
        if (!"timestamptz".equals(rows.getMetaData().getColumnTypeName(column))) {
            return iso(column, LocalDateTime.class);
        }
        return isInfinite(column)
                ? text(column)
                : rows.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    private Object iso(int column, Class<?> type) throws SQLException {
        return isInfinite(column) ? text(column) : rows.getObject(column, type).toString();
    }

    private boolean isInfinite(int column) throws SQLException {
        return rows.getString(column).endsWith("infinity");
    }

    private String text(int column) throws SQLException {
        return Bounded.text(rows.getString(column), textBytes);
    }
}
