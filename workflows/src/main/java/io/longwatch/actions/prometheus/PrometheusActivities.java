package io.longwatch.actions.prometheus;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks Prometheus and has it load its files again.
 *
 * <p>Fails with {@code Unavailable} (retried) when Prometheus cannot be reached, is starting or gives up on a query in
 * time; {@code InvalidInput} with Prometheus' own words when it does not understand a query; {@code Failed} when it
 * understands but cannot carry it out; {@code Denied} when it refuses the credentials or does not allow a reload.
 */
@ActionSystem(name = "prometheus", title = "Prometheus")
@ActivityInterface
public interface PrometheusActivities {

    /** Evaluates a query at an instant, or over a range reduced to one figure. Idempotent. */
    @Action(
            title = "Query Prometheus",
            description =
                    "Evaluates a PromQL query at an instant; with a range, at every step of it, reduced to one figure"
                            + " per series. One series is expected unless 'aggregate' says how several become one. No series, or"
                            + " not a number, is noData with a null value, and never zero.",
            backfills = true,
            attempt = "PT30S",
            example =
                    "{query: 'histogram_quantile(0.99, sum by (le) (rate(auren_webhook_duration_seconds_bucket[5m]))) *"
                            + " 1000', unit: ms}")
    @ActivityMethod(name = "prometheus.query")
    QueryResult query(StepRef step, QueryInput input);

    /** Counts the targets of a job by their health. Idempotent. */
    @Action(
            title = "Check scrape targets",
            description =
                    "Counts the active targets of a scrape job by health and says why those that are down are. With"
                            + " 'minUp' it waits until so many are up.",
            attempt = "PT30S",
            example = "{job: biometric-bridge, minUp: 2}")
    @ActivityMethod(name = "prometheus.targets")
    TargetsResult targets(StepRef step, TargetsInput input);

    /** Looks whether rules are loaded, evaluate, and can ever fire. Idempotent. */
    @Action(
            title = "Check alert rules",
            description =
                    "Looks for rules by name and reports those that are missing, those that do not evaluate, and those"
                            + " that can never fire because a selector in them is of a metric without a live series (selectors"
                            + " inside absent() are left out of that). Where the metric has series and the selector matches none"
                            + " of them, as before the first error of a kind, the rule is quiet. Waits while a rule has not been"
                            + " evaluated yet.",
            attempt = "PT1M",
            example =
                    "{rules: [BridgeHealthCheckFailing, BridgeErrorRateHigh, BridgeP99High, BridgeSemaphoreWaitHigh]}")
    @ActivityMethod(name = "prometheus.rules")
    RulesResult rules(StepRef step, RulesInput input);

    /** Records what {@code prometheus.reload} finds loaded. */
    @ActivityMethod(name = "prometheus.reload.before")
    ReloadBefore reloadBefore(StepRef step, ReloadInput input);

    /**
     * Has Prometheus load its files again, until what is expected is loaded. Repeating it loads the same files; an
     * attempt that finds an earlier one's outcome loads nothing.
     */
    @Action(
            title = "Reload Prometheus",
            description =
                    "Asks for a reload and verifies what is loaded then: the named job or rules, or without any that"
                            + " something differs from before. Files that reach Prometheus late (a ConfigMap takes up to a minute"
                            + " or two) are waited for, with a reload on each look. A configuration that Prometheus rejects ends"
                            + " the step with its reason; the former one stays loaded. The undo reloads again and expects what was"
                            + " loaded before: undo the files first.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            attempt = "PT1M",
            example = "{expectJob: biometric-bridge}")
    @ActivityMethod(name = "prometheus.reload")
    ReloadResult reload(StepRef step, ReloadInput input, ReloadBefore before);

    /** Reloads once more, after the files were put back, and verifies that what was loaded before is loaded again. */
    @ActivityMethod(name = "prometheus.reload.undo")
    UndoResult undoReload(StepRef step, ReloadInput input, ReloadBefore before, @Nullable ReloadResult result);
}
