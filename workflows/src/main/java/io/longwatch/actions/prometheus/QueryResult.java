package io.longwatch.actions.prometheus;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Result of {@code prometheus.query}. */
public record QueryResult(
        @Field(value = "The figure; null where there is no data, or it is not a number", example = "84.2") @Nullable
        Double value,

        @Field(value = "Whether there is no figure", example = "false")
        boolean noData,

        @Field(value = "Series found", example = "1") int series,

        @Field(value = "Samples looked at", example = "1") int samples,

        @Field(value = "Labels of the one series; empty for several or none", example = "{job: biometric-bridge}")
        Map<String, String> labels,

        @Field(value = "What Prometheus warned of", example = "[]")
        List<String> warnings,

        @Field(value = "The figure with its unit", example = "84.2 ms")
        String summary)
        implements ActionResult {
    public QueryResult(
            @Nullable Double value,
            boolean noData,
            int series,
            int samples,
            @Nullable Map<String, String> labels,
            @Nullable List<String> warnings,
            String summary) {
        this.value = value;
        this.noData = noData;
        this.series = series;
        this.samples = samples;
        this.labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
        this.warnings = warnings == null ? List.of() : List.copyOf(warnings);
        this.summary = summary;
    }
}
