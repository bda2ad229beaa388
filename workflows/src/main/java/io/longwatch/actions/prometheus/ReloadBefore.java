package io.longwatch.actions.prometheus;

import io.longwatch.contract.Field;

/** What was loaded before {@code prometheus.reload}. */
public record ReloadBefore(
        @Field(value = "SHA-256 of the loaded configuration and rules", example = "sha256:4f1b2b0b822cd15d")
        String digest,

        @Field(value = "Scrape jobs loaded", example = "3") int jobs,

        @Field(value = "Rules loaded", example = "12") int rules) {}
