package io.longwatch.actions.git;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code git.commit}. */
public record CommitInput(
        @ConnectionName("git")
        @Field(value = "Connection of kind git; the environment's only one by default", example = "source")
        @Nullable
        String connection,

        @Field(value = "Branch to commit to", example = "main")
        String branch,

        @Field("Replacements, carried out in this order") List<Replacement> replacements,

        @Field(value = "Message of the commit; a trailer names the step", example = "Prefix the metrics with auren_")
        String message,

        @Field(
                value = "Author as 'Name <address>', default 'Longwatch <longwatch@localhost>'",
                example = "Release <release@example.org>")
        @Nullable
        String author) {
    public CommitInput {
        if (branch == null || branch.isBlank() || branch.startsWith("refs/")) {
            throw new IllegalArgumentException("branch '" + branch + "' is no branch; write its short name, as main");
        }
        if (replacements == null || replacements.isEmpty()) {
            throw new IllegalArgumentException("replacements is empty; name at least one path, literal and with");
        }
        if (message == null || message.isBlank()) {
            throw new IllegalArgumentException("message is empty; say what the commit changes and why");
        }
        if (author != null && !author.matches("[^<>\\r\\n]+ <[^<>\\s]+>")) {
            throw new IllegalArgumentException("author '" + author + "' has no address; write Name <address>");
        }
        replacements = List.copyOf(replacements);
    }

    public String authorOrDefault() {
        return author == null ? "Longwatch <longwatch@localhost>" : author;
    }
}
