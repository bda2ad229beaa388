package io.longwatch.actions.postgres;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code postgres.query}. */
public record QueryInput(
        @ConnectionName("postgres")
        @Field(value = "Connection of kind postgres; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(
                value = "One statement; parameters as :name",
                example = "SELECT count(*) AS stored FROM biometric_events WHERE user_id LIKE :prefix")
        String sql,

        @Field(value = "Values of the statement's parameters; none by default", example = "{prefix: test_prod_%}")
        @Nullable
        Map<String, Object> parameters,

        @Field(
                value = "Columns of the first row to return, at most 16; by default its numbers and truth values alone,"
                        + " the first 16: a text or a time comes back only if its column is named here",
                example = "[stored]")
        @Nullable
        List<String> outputs,

        @Field(
                value =
                        "Time the statement may take on the server, default 30s, at most 50s: an attempt of the step takes"
                                + " a minute, and one that outlived it would run beside the next",
                example = "30s")
        @Nullable
        Duration statementTimeout,

        @Field(value = "Rows counted at most, default 1000", unit = "rows", example = "1000") @Nullable
        Integer rowLimit) {
    private static final int MOST_OUTPUTS = 16;
    private static final int MOST_ROWS = 100_000;

    /** What an attempt of a minute leaves beside getting a connection. */
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(50);

    public QueryInput {
        if (sql.isBlank()) {
            throw new IllegalArgumentException("sql is empty; write the statement to run");
        }
        if (outputs != null && outputs.size() > MOST_OUTPUTS) {
            throw new IllegalArgumentException("outputs names " + outputs.size() + " columns; name at most "
                    + MOST_OUTPUTS + ", a step's result is for figures, not for rows");
        }
        if (rowLimit != null && (rowLimit < 1 || rowLimit > MOST_ROWS)) {
            throw new IllegalArgumentException(
                    "rowLimit is " + rowLimit + "; write 1 to " + MOST_ROWS + ", or count in SQL: SELECT count(*)");
        }
        if (statementTimeout != null && statementTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "statementTimeout is " + statementTimeout + "; write a positive duration such as 30s");
        }
        if (statementTimeout != null && statementTimeout.compareTo(LONGEST_STATEMENT) > 0) {
            throw new IllegalArgumentException("statementTimeout is " + statementTimeout + "; write at most "
                    + LONGEST_STATEMENT.toSeconds()
                    + "s, since an attempt of the step takes a minute and the next would"
                    + " run beside a statement that outlived it. Make the statement lighter");
        }
        parameters = parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        outputs = outputs == null ? null : List.copyOf(outputs);
    }

    public Map<String, Object> parametersOrNone() {
        return parameters == null ? Map.of() : parameters;
    }

    public Duration statementTimeoutOrDefault() {
        return statementTimeout == null ? Duration.ofSeconds(30) : statementTimeout;
    }

    public int rowLimitOrDefault() {
        return rowLimit == null ? 1000 : rowLimit;
    }
}
