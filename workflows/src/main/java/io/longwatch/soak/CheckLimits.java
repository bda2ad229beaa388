package io.longwatch.soak;

import io.longwatch.plan.Check;

/**
 * How many measurements of a kind a check bears. Meaning as in Argo Rollouts' analysis, but for errors in a row, which
 * blind a check rather than fail it.
 *
 * @param count most measurements, errors not counted, or 0 for as many as the window holds
 * @param failureLimit most FAILED ones
 * @param inconclusiveLimit most INCONCLUSIVE ones
 * @param consecutiveErrorLimit most errors in a row
 * @param consecutiveSuccessLimit successes in a row that settle it, or 0 for none
 * @param onNoData how NO_DATA counts
 */
public record CheckLimits(
        int count,
        int failureLimit,
        int inconclusiveLimit,
        int consecutiveErrorLimit,
        int consecutiveSuccessLimit,
        Check.OnNoData onNoData) {
    public static CheckLimits of(Check check) {
        return new CheckLimits(
                check.count(),
                check.failureLimit(),
                check.inconclusiveLimit(),
                check.consecutiveErrorLimit(),
                check.consecutiveSuccessLimit(),
                check.onNoData());
    }
}
