package io.longwatch.actions.git;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code git.tag}. */
public record TagInput(
        @ConnectionName("git")
        @Field(value = "Connection of kind git; the environment's only one by default", example = "source")
        @Nullable
        String connection,

        @Field(value = "Name of the tag", example = "v2.0") String tag,

        @Field(value = "Commit to tag, in full", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        String sha,

        @Field(value = "Message of the tag; a trailer names the step", example = "Production release")
        String message,

        @Field(
                value = "Tagger as 'Name <address>', default 'Longwatch <longwatch@localhost>'",
                example = "Release <release@example.org>")
        @Nullable
        String author) {
    public TagInput {
        if (tag == null || tag.isBlank() || tag.startsWith("refs/")) {
            throw new IllegalArgumentException("tag '" + tag + "' is no tag; write its short name, as v2.0");
        }
        if (sha == null || !sha.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("sha '" + sha + "' is no commit; write all 40 hexadecimal digits");
        }
        if (message == null || message.isBlank()) {
            throw new IllegalArgumentException("message is empty; say what the tag marks");
        }
        if (author != null && !author.matches("[^<>\\r\\n]+ <[^<>\\s]+>")) {
            throw new IllegalArgumentException("author '" + author + "' has no address; write Name <address>");
        }
    }

    public String authorOrDefault() {
        return author == null ? "Longwatch <longwatch@localhost>" : author;
    }
}
