package io.longwatch.actions.grafana;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result of {@code grafana.checkDashboard}. */
public record CheckDashboardResult(
        @Field(value = "Panels whose queries were asked", example = "6")
        int panels,

        @Field(value = "Of these, panels that show data", example = "6")
        int withData,

        @Field(
                value =
                        "Panels with queries that were not asked: all of them are hidden, or show another panel's data or"
                                + " Grafana's own",
                example = "0")
        int notAsked,

        @Field(value = "Titles of panels that show none but should, at most 30", example = "[]")
        List<String> empty,

        @Field(value = "What the queries of empty panels were answered, at most five", example = "[]")
        List<String> problems,

        @Field(value = "How many panels show data", example = "6 of 6 panels show data")
        String summary)
        implements ActionResult {
    public CheckDashboardResult(
            int panels,
            int withData,
            int notAsked,
            @Nullable List<String> empty,
            @Nullable List<String> problems,
            String summary) {
        this.panels = panels;
        this.withData = withData;
        this.notAsked = notAsked;
        this.empty = empty == null ? List.of() : List.copyOf(empty);
        this.problems = problems == null ? List.of() : List.copyOf(problems);
        this.summary = summary;
    }
}
