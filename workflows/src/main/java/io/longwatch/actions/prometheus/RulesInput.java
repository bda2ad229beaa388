package io.longwatch.actions.prometheus;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code prometheus.rules}. */
public record RulesInput(
        @ConnectionName("prometheus")
        @Field(value = "Connection of kind prometheus; the environment's only one by default", example = "metrics")
        @Nullable
        String connection,

        @Field(value = "Names of alerting or recording rules", example = "[BridgeErrorRateHigh, BridgeP99High]")
        List<String> rules,

        @Field(
                value = "Whether the metric of each selector of the rules must have a live series, so that the rule can"
                        + " fire; true by default",
                example = "true")
        @Nullable
        Boolean checkSeries) {
    private static final int MOST = 50;

    public RulesInput {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.size() > MOST) {
            throw new IllegalArgumentException("rules names " + rules.size() + " rules; write 1 to " + MOST);
        }
    }

    public boolean checkSeriesOrDefault() {
        return checkSeries == null || checkSeries;
    }
}
