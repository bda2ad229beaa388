package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.logs}. */
public record LogsInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Label selector of the pods", example = "app=biometric-bridge")
        String selector,

        @Field(value = "Container; all of each pod by default", example = "bridge") @Nullable
        String container,

        @Field(value = "Regular expression searched for in each line", example = "CRITICAL")
        String pattern,

        @Field(value = "How far to look back; 10m by default", example = "10m") @Nullable
        Duration since,

        @Field(value = "Instant to look from, instead of since", example = "2026-11-21T14:00:00Z") @Nullable
        Instant sinceTime,

        @Field(value = "Also read the containers that ran before a restart; true by default", example = "true")
        @Nullable
        Boolean previous) {
    public LogsInput {
        Names.checkOptional("namespace", namespace);
        Names.checkOptional("container", container);
        if (selector == null || selector.isBlank()) {
            throw new IllegalArgumentException("selector is empty; write app=NAME or the like");
        }
        if (since != null && sinceTime != null) {
            throw new IllegalArgumentException(
                    "since " + since + " and sinceTime " + sinceTime + " stand together; write one");
        }
        if (since != null && (since.isNegative() || since.isZero())) {
            throw new IllegalArgumentException("since is " + since + "; write more than 0s");
        }
        if (pattern == null || pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern is empty; write a regular expression such as CRITICAL");
        }
        compile(pattern);
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "pattern '" + pattern + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    public Pattern compiled() {
        return compile(pattern);
    }

    public Instant from(Instant now) {
        return sinceTime != null ? sinceTime : now.minus(since != null ? since : Duration.ofMinutes(10));
    }

    public boolean withPrevious() {
        return !Boolean.FALSE.equals(previous);
    }
}
