package io.longwatch.actions.grafana;

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
 * Imports dashboards into Grafana and looks whether they show data.
 *
 * <p>Fails with {@code Unavailable} (retried) when Grafana cannot be reached, {@code Denied} when the token is not
 * accepted or lacks a permission, {@code NotFound} for an unknown dashboard or folder, {@code InvalidInput} for a
 * dashboard that Grafana does not accept, {@code Refused} when someone changed the dashboard meanwhile, {@code Failed}
 * for a dashboard in which there is nothing to ask.
 */
@ActionSystem(name = "grafana", title = "Grafana")
@ActivityInterface
public interface GrafanaActivities {

    /** Records whether a dashboard of that uid exists, and its version. */
    @ActivityMethod(name = "grafana.importDashboard.before")
    ImportDashboardBefore importDashboardBefore(StepRef step, ImportDashboardInput input);

    /**
     * Imports a dashboard under its uid. The version's message names the release and the step, by which a repeated
     * attempt finds that it was imported already.
     */
    @Action(
            title = "Import a dashboard",
            description =
                    "Creates a dashboard, or makes a new version of the one with the same uid, provided that nobody"
                            + " changed it since this step began. The undo deletes what was created and restores the former"
                            + " version of what was there, unless someone has changed it since.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            attempt = "PT1M",
            example = "{dashboard: '{\"uid\": \"bridge\", \"title\": \"Biometric Bridge\", \"panels\": []}'}")
    @ActivityMethod(name = "grafana.importDashboard")
    ImportDashboardResult importDashboard(StepRef step, ImportDashboardInput input, ImportDashboardBefore before);

    /** Deletes what the step created, or restores the version that was there. */
    @ActivityMethod(name = "grafana.importDashboard.undo")
    UndoResult undoImportDashboard(
            StepRef step,
            ImportDashboardInput input,
            ImportDashboardBefore before,
            @Nullable ImportDashboardResult result);

    /** Runs the queries of a dashboard's panels. Idempotent. */
    @Action(
            title = "Check that a dashboard shows data",
            description = "Runs every query of every panel through Grafana, with the dashboard's own values of its"
                    + " variables, and names the panels that show no data. Panels without queries (texts, rows) do not"
                    + " count, and those whose queries are all hidden or run only in Grafana's pages (-- Dashboard --,"
                    + " -- Grafana --) are counted as not asked. A dashboard of which no panel can be asked fails: nothing"
                    + " was checked.",
            backfills = true,
            attempt = "PT2M",
            example = "{uid: bridge, range: 15m}")
    @ActivityMethod(name = "grafana.checkDashboard")
    CheckDashboardResult checkDashboard(StepRef step, CheckDashboardInput input);
}
