package io.longwatch.actions.grafana;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result of {@code grafana.checkDashboard}. */
public record CheckDashboardResult(
        @Field(value = "Panels with queries", example = "6") int panels,

        @Field(value = "Of these, panels that show data", example = "6")
        int withData,

        @Field(value = "Titles of panels that show none but should, at most 30", example = "[]")
        List<String> empty,

        @Field(value = "What the queries of empty panels were answered, at most five", example = "[]")
        List<String> problems,

        @Field(value = "How many panels show data", example = "6 of 6 panels show data")
        String summary)
        implements ActionResult {
    public CheckDashboardResult(
            int panels, int withData, @Nullable List<String> empty, @Nullable List<String> problems, String summary) {
        this.panels = panels;
        this.withData = withData;
        this.empty = empty == null ? List.of() : List.copyOf(empty);
        this.problems = problems == null ? List.of() : List.copyOf(problems);
        this.summary = summary;
    }
}
