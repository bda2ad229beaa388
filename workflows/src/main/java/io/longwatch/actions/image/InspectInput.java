package io.longwatch.actions.image;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code image.inspect}. */
public record InspectInput(
        @ConnectionName("image")
        @Field(
                value = "Connection of kind image, the registry; the environment's only one by default",
                example = "registry")
        @Nullable
        String connection,

        @Field(
                value = "The image by tag or digest, with or without the registry's host",
                example = "auren/biometric-bridge:v2.0")
        String image,

        @Field(value = "Which image of a list for several platforms, default linux/amd64", example = "linux/amd64")
        @Nullable
        String platform) {
    public InspectInput {
        if (image == null || image.isBlank()) {
            throw new IllegalArgumentException("image is empty; write name:tag or name@sha256:digest");
        }
        if (platform != null && !platform.matches("[a-z0-9]+/[a-z0-9]+")) {
            throw new IllegalArgumentException("platform '" + platform + "' is unknown; write os/architecture");
        }
    }

    public String platformOrDefault() {
        return platform == null ? "linux/amd64" : platform;
    }
}
