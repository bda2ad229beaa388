package io.longwatch.actions.image;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code image.build}. */
public record BuildResult(
        @Field(value = "The image with registry and tag", example = "registry.example.org/auren/biometric-bridge:v2.0")
        String image,

        @Field(
                value = "Digest of its manifest",
                example = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String digest,

        @Field(
                value = "The image by its digest: what is approved and deployed",
                example =
                        "registry.example.org/auren/biometric-bridge@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String reference,

        @Field(value = "Size of its layers and configuration as stored", unit = "bytes", example = "94371840")
        long sizeBytes,

        @Field(value = "Whether it was there before this attempt", example = "false")
        boolean alreadyThere,

        @Field(
                value = "The image, its digest and size",
                example = "auren/biometric-bridge:v2.0 is sha256:e3b0c44298fc, 90.0 MiB")
        String summary)
        implements ActionResult {}
