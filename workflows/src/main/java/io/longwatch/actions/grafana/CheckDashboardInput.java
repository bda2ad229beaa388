package io.longwatch.actions.grafana;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code grafana.checkDashboard}. */
public record CheckDashboardInput(
        @ConnectionName("grafana")
        @Field(value = "Connection of kind grafana; the environment's only one by default", example = "dashboards")
        @Nullable
        String connection,

        @Field(value = "The dashboard's uid", example = "bridge")
        String uid,

        @Field(value = "How far back to look; 15m by default", example = "15m") @Nullable
        Duration range,

        @Field(value = "Instant up to which to look; now by default", example = "2026-11-21T09:00:00Z") @Nullable
        Instant time,

        @Field(value = "Titles of panels that may be empty, such as errors; none by default", example = "[Errors]")
        @Nullable
        List<String> mayBeEmpty,

        @Field(
                value = "Values of the dashboard's variables; those saved in it by default",
                example = "{namespace: production}")
        @Nullable
        Map<String, String> variables,

        @Field(value = "Wait until every panel has data; false by default", example = "true") @Nullable
        Boolean waitForData) {
    public CheckDashboardInput {
        if (uid.isBlank()) {
            throw new IllegalArgumentException("uid is empty; write the dashboard's uid, as in its address /d/UID/...");
        }
        if (range != null && (range.isNegative() || range.isZero())) {
            throw new IllegalArgumentException("range " + range + " is not positive; write 15m or 2h");
        }
        mayBeEmpty = mayBeEmpty == null ? null : List.copyOf(mayBeEmpty);
        variables = variables == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public Duration rangeOrDefault() {
        return range == null ? Duration.ofMinutes(15) : range;
    }

    public List<String> mayBeEmptyOrDefault() {
        return mayBeEmpty == null ? List.of() : mayBeEmpty;
    }

    public Map<String, String> variablesOrDefault() {
        return variables == null ? Map.of() : variables;
    }
}
