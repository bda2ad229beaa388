package io.longwatch.actions.postgres;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import io.longwatch.contract.NamedBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Result of {@code postgres.query}. */
public record QueryResult(
        @Field(value = "Rows found, at most the row limit", unit = "rows", example = "1")
        long rowCount,

        @Field(value = "Whether there are more rows than the row limit", example = "false")
        boolean truncated,

        @Field(
                value = "First column of the first row, if it is a number, a truth value or a declared output; null"
                        + " without a row",
                example = "3")
        @Nullable
        Object value,

        @NamedBy(value = "outputs", otherwiseAny = true)
        @Field(
                value = "First row by column name: the declared outputs, or its numbers and truth values where none are"
                        + " declared; empty without a row, long text is cut",
                example = "{stored: 3}")
        Map<String, Object> row,

        @Field(value = "Rows, or the value where there is only one", example = "stored = 3")
        String summary)
        implements ActionResult {
    public QueryResult {
        row = row == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }
}
