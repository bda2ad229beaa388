package io.longwatch.actions.git;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** One literal replacement in one file of the repository. */
public record Replacement(
        @Field(value = "File, relative to the root of the repository", example = "bridge.py")
        String path,

        @Field(value = "Text to look for, as it stands there", example = "Counter(\"webhook_")
        String literal,

        @Field(value = "Text to put in its place", example = "Counter(\"auren_webhook_")
        String with,

        @Field(value = "Least number of places where it is replaced or was already replaced, default 1", example = "1")
        @Nullable
        Integer minReplacements) {
    public Replacement {
        if (path == null || path.isBlank() || path.startsWith("/") || path.contains("..")) {
            throw new IllegalArgumentException(
                    "path '" + path + "' is not a file of the repository; write it relative to its root, without '..'");
        }
        if (literal == null || literal.isEmpty()) {
            throw new IllegalArgumentException("literal of " + path + " is empty; write the text to replace");
        }
        if (with == null || with.equals(literal)) {
            throw new IllegalArgumentException(
                    "with of " + path + " is '" + with + "', as the literal is; write the text to put in its place");
        }
        if (minReplacements != null && minReplacements < 1) {
            throw new IllegalArgumentException(
                    "minReplacements of " + path + " is " + minReplacements + "; write 1 or more");
        }
    }

    public int minReplacementsOrDefault() {
        return minReplacements == null ? 1 : minReplacements;
    }
}
