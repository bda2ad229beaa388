package io.longwatch.activities.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.contract.Failures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a plan's values. Text, lists and maps go without a type, so that the server takes the type of the place they
 * stand in: a timestamp, a uuid, an array, jsonb.
 */
final class Bindings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PreparedStatement statement;

    Bindings(PreparedStatement statement) {
        this.statement = statement;
    }

    void bind(List<String> names, Map<String, Object> values) throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            bind(i + 1, names.get(i), values.get(names.get(i)));
        }
    }

    private void bind(int index, String name, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Boolean b) {
            statement.setBoolean(index, b);
        } else if (value instanceof Number number) {
            bindNumber(index, number);
        } else {
            statement.setObject(index, text(name, value), Types.OTHER);
        }
    }

    private void bindNumber(int index, Number number) throws SQLException {
        if (number instanceof Double || number instanceof Float) {
            statement.setDouble(index, number.doubleValue());
        } else if (number instanceof BigDecimal decimal) {
            statement.setBigDecimal(index, decimal);
        } else if (number instanceof BigInteger big) {
            statement.setBigDecimal(index, new BigDecimal(big));
        } else if (number.longValue() == number.intValue()) {
            // An int fits where a bigint does, and in make_interval and the like, where a bigint does not.
            statement.setInt(index, number.intValue());
        } else {
            statement.setLong(index, number.longValue());
        }
    }

    private static String text(String name, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Bindings::element).collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Map<?, ?> map) {
            try {
                return JSON.writeValueAsString(map);
            } catch (JsonProcessingException e) {
                throw Failures.invalid("parameter '" + name + "' cannot be written as JSON");
            }
        }
        return value.toString();
    }

    private static String element(@Nullable Object value) {
        return value == null
                ? "NULL"
                : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
