package io.longwatch.actions.kafka;

import io.longwatch.contract.Field;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Which messages {@code kafka.consume} looks for: by a field of a JSON value, or by a pattern. */
public record Match(
        @Field(
                value = "Field of the JSON value, inner ones by dots: user.id; the whole value by default",
                example = "user_id")
        @Nullable
        String field,

        @Field(
                value = "The values it may have, any by default; each of them is looked for; at most 100",
                example = "[test_prod_1, test_prod_2]")
        @Nullable
        List<String> in,

        @Field(
                value =
                        "Regular expression found in the field, or in the whole value where no field is named; its first"
                                + " group is reported",
                example = "\"user_id\":\"(test_prod_[^\"]+)\"")
        @Nullable
        String pattern) {
    private static final int MOST_VALUES = 100;

    public Match {
        in = in == null ? null : in.stream().distinct().toList();
        if (in != null && pattern != null) {
            throw new IllegalArgumentException("match has both in and pattern; write one of them");
        }
        if (field == null && pattern == null) {
            throw new IllegalArgumentException("match names neither a field nor a pattern; write"
                    + " {field: user_id, in: [...]} or {pattern: ...}");
        }
        if (in != null && (in.isEmpty() || in.size() > MOST_VALUES)) {
            throw new IllegalArgumentException("match.in has " + in.size() + " values; write 1 to " + MOST_VALUES);
        }
        if (pattern != null) {
            compile(pattern);
        }
    }

    private static void compile(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "match.pattern '" + pattern + "' is no regular expression: " + e.getDescription(), e);
        }
    }
}
