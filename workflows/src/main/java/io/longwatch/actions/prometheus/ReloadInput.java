package io.longwatch.actions.prometheus;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code prometheus.reload}. */
public record ReloadInput(
        @ConnectionName("prometheus")
        @Field(value = "Connection of kind prometheus; the environment's only one by default", example = "metrics")
        @Nullable
        String connection,

        @Field(value = "Scrape job that must be loaded afterwards; none by default", example = "biometric-bridge")
        @Nullable
        String expectJob,

        @Field(value = "Rules that must be loaded afterwards; none by default", example = "[BridgeErrorRateHigh]")
        @Nullable
        List<String> expectRules,

        @Field(
                value =
                        "Whether configuration or rules must differ from before; true by default unless a job or rules are"
                                + " expected",
                example = "true")
        @Nullable
        Boolean expectChange) {
    public ReloadInput {
        expectRules = expectRules == null ? null : List.copyOf(expectRules);
    }

    public List<String> expectRulesOrDefault() {
        return expectRules == null ? List.of() : expectRules;
    }

    public boolean expectChangeOrDefault() {
        return expectChange == null
                ? expectJob == null && expectRulesOrDefault().isEmpty()
                : expectChange;
    }
}
