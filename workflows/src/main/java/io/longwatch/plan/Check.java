package io.longwatch.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a soak looks at. Fields and counting follow Argo Rollouts' analysis metrics.
 *
 * @param id unique in the plan
 * @param title for people
 * @param uses a reading action
 * @param with its inputs, resolved when the window begins
 * @param figure CEL over {@code result}: the number that is shown and sampled, or null for none
 * @param unit unit of the figure, or empty
 * @param interval time between its measurements, or null for the window's; it is due at multiples of it
 * @param initialDelay time from the window's start before which it is not measured
 * @param count most measurements, errors not counted, or 0 for as many as the window holds
 * @param successCondition CEL over {@code result}, or null
 * @param failureCondition CEL over {@code result}, or null
 * @param failureLimit most FAILED measurements that do not fail the check
 * @param inconclusiveLimit most INCONCLUSIVE measurements that leave it conclusive
 * @param consecutiveErrorLimit most errors in a row before it is BLIND
 * @param consecutiveSuccessLimit successes in a row that end the check early, or 0 for none
 * @param onNoData how a measurement without data counts
 * @param covers boxes of the source checklist
 */
public record Check(
        String id,
        String title,
        String uses,
        Map<String, Object> with,
        @Nullable String figure,
        String unit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration interval,
        Duration initialDelay,
        int count,
        @Nullable String successCondition,
        @Nullable String failureCondition,
        int failureLimit,
        int inconclusiveLimit,
        int consecutiveErrorLimit,
        int consecutiveSuccessLimit,
        OnNoData onNoData,
        List<Integer> covers) {
    public Check {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
        covers = List.copyOf(covers);
    }

    /** How a measurement without data counts. */
    public enum OnNoData {
        INCONCLUSIVE,
        PASSED,
        FAILED
    }
}
