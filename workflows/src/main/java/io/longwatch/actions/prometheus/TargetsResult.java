package io.longwatch.actions.prometheus;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result of {@code prometheus.targets}. */
public record TargetsResult(
        @Field(value = "Targets whose last scrape worked", example = "2")
        int up,

        @Field(value = "Targets whose last scrape failed", example = "0")
        int down,

        @Field(value = "Targets not scraped yet", example = "0")
        int unknown,

        @Field(value = "Why targets are down, at most five", example = "[]")
        List<String> lastErrors,

        @Field(value = "Targets by health", example = "2 of 2 targets up")
        String summary)
        implements ActionResult {
    public TargetsResult(int up, int down, int unknown, @Nullable List<String> lastErrors, String summary) {
        this.up = up;
        this.down = down;
        this.unknown = unknown;
        this.lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
        this.summary = summary;
    }
}
