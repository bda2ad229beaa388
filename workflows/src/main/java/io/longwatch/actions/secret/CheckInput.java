package io.longwatch.actions.secret;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Input of {@code secret.check}. */
public record CheckInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Name of the Secret", example = "biometric-bridge-secrets")
        String secret,

        @Field(value = "Keys that must be there", example = "[OURA_ACCESS_TOKEN]")
        List<String> keys,

        @Field(value = "Fewest characters of each; 1 by default", example = "16") @Nullable
        Integer minLength,

        @Field(value = "Regular expression each must match as a whole; any by default", example = "[A-Za-z0-9_-]+")
        @Nullable
        String pattern,

        @Field(value = "Oldest age of the Secret since its last change; any by default", example = "PT2160H") @Nullable
        Duration maxAge,

        @Field(value = "Key of the same Secret that each must differ from; none by default", example = "OLD_TOKEN")
        @Nullable
        String distinctFrom,

        @Field(value = "Refuse what looks like changeme, <your-token> or TODO; true by default", example = "true")
        @Nullable
        Boolean notPlaceholder) {
    public CheckInput {
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("secret is empty; write the Secret's name");
        }
        if (keys == null || keys.isEmpty()) {
            throw new IllegalArgumentException("keys is empty; name the keys that must be there");
        }
        if (keys.size() > 50) {
            throw new IllegalArgumentException("keys has " + keys.size() + " entries; at most 50 fit, split the step");
        }
        keys = List.copyOf(keys);
        if (minLength != null && minLength < 1) {
            throw new IllegalArgumentException("minLength is " + minLength + "; write 1 or more");
        }
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
            throw new IllegalArgumentException("maxAge is " + maxAge + "; write more than 0s");
        }
        checkPattern(pattern);
    }

    private static void checkPattern(@Nullable String pattern) {
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "pattern '" + pattern + "' is no regular expression: " + e.getDescription(), e);
            }
        }
    }

    public int minLengthOrDefault() {
        return minLength == null ? 1 : minLength;
    }

    public boolean refusesPlaceholders() {
        return !Boolean.FALSE.equals(notPlaceholder);
    }
}
