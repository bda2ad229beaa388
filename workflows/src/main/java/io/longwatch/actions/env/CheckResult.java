package io.longwatch.actions.env;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code env.check}. */
public record CheckResult(
        @Field(value = "Whether all variables are as expected", example = "true")
        boolean ok,

        @Field(value = "Variables as expected", example = "6")
        int matching,

        @Field(value = "Variables with another value, in words", example = "[]")
        List<String> wrong,

        @Field(value = "Variables that are not set", example = "[]")
        List<String> missing,

        @Field(value = "Variables as expected", example = "6 of 6 variables as expected")
        String summary)
        implements ActionResult {
    public CheckResult {
        wrong = wrong == null ? List.of() : List.copyOf(wrong);
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
