package io.longwatch.actions.prometheus;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result of {@code prometheus.rules}. */
public record RulesResult(
        @Field(value = "Rules that are loaded", example = "[BridgeErrorRateHigh, BridgeP99High]")
        List<String> found,

        @Field(value = "Rules that are not", example = "[]") List<String> missing,

        @Field(value = "Rules whose evaluation fails", example = "[]")
        List<String> unhealthy,

        @Field(value = "Rules with a selector of a metric that has no live series", example = "[]")
        List<String> neverFiring,

        @Field(
                value =
                        "Rules with a selector that matches none of its metric's live series yet: what it waits for has not"
                                + " happened, or a label is misspelt",
                example = "[]")
        List<String> quiet,

        @Field(value = "Alerts that fire now", example = "[]")
        List<String> firing,

        @Field(value = "What is wrong with which rule, at most ten", example = "[]")
        List<String> problems,

        @Field(value = "How many rules are as they should be", example = "2 of 2 rules loaded, healthy, able to fire")
        String summary)
        implements ActionResult {
    public RulesResult(
            @Nullable List<String> found,
            @Nullable List<String> missing,
            @Nullable List<String> unhealthy,
            @Nullable List<String> neverFiring,
            @Nullable List<String> quiet,
            @Nullable List<String> firing,
            @Nullable List<String> problems,
            String summary) {
        this.found = copy(found);
        this.missing = copy(missing);
        this.unhealthy = copy(unhealthy);
        this.neverFiring = copy(neverFiring);
        this.quiet = copy(quiet);
        this.firing = copy(firing);
        this.problems = copy(problems);
        this.summary = summary;
    }

    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
