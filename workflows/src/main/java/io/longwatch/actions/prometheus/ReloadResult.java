package io.longwatch.actions.prometheus;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code prometheus.reload}. */
public record ReloadResult(
        @Field(value = "SHA-256 of the configuration and rules loaded now", example = "sha256:9f86d081884c7d65")
        String digest,

        @Field(value = "Whether it differs from before", example = "true")
        boolean changed,

        @Field(value = "Scrape jobs loaded", example = "4") int jobs,

        @Field(value = "Rules loaded", example = "16") int rules,

        @Field(value = "What is loaded now", example = "4 jobs and 16 rules loaded, changed")
        String summary)
        implements ActionResult {}
