package io.longwatch.actions.image;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Result of {@code image.inspect}. */
public record InspectResult(
        @Field(
                value = "Digest that the reference stands for: that of the list where there is one",
                example = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String digest,

        @Field(
                value = "The image by its digest",
                example =
                        "registry.example.org/auren/biometric-bridge@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String reference,

        @Field(value = "Platforms it is made for, the first 10", example = "[linux/amd64]")
        List<String> platforms,

        @Field(value = "Architecture of the image looked into", example = "amd64")
        String architecture,

        @Field(
                value = "Its labels, the first 20 by name, each at most 120 characters",
                example = "{org.opencontainers.image.revision: 4b825dc642cb6eb9a060e54bf8d69288fbee4904}")
        Map<String, String> labels,

        @Field(
                value = "Its label org.opencontainers.image.revision, the commit it was built from",
                example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        @Nullable
        String revision,

        @Field(value = "When it says it was made", example = "2026-11-21T06:00:00Z") @Nullable
        Instant created,

        @Field(value = "Size of its layers and configuration as stored", unit = "bytes", example = "94371840")
        long sizeBytes,

        @Field(value = "Digest, architecture and size", example = "sha256:e3b0c44298fc for linux/amd64, 90.0 MiB")
        String summary)
        implements ActionResult {
    public InspectResult {
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
}
