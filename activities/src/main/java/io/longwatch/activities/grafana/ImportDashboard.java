package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.grafana.ImportDashboardBefore;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.actions.grafana.ImportDashboardResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** grafana.importDashboard: a version of a dashboard that carries the step's key in its message. */
final class ImportDashboard {
    private static final String TAKING_BACK = "taking the import back";

    private final StepRef step;
    private final ImportDashboardInput input;
    private final GrafanaApi api;
    private final Invocation invocation;

    ImportDashboard(StepRef step, ImportDashboardInput input, GrafanaApi api, Invocation invocation) {
        this.step = step;
        this.input = input;
        this.api = api;
        this.invocation = invocation;
    }

    ImportDashboardBefore before() {
        String uid = DashboardText.of(input).uid();
        Optional<JsonNode> found = api.dashboard(uid);
        boolean provisioned = found.map(
                        dashboard -> dashboard.path("meta").path("provisioned").asBoolean())
                .orElse(false);
        String file = found.map(dashboard ->
                        dashboard.path("meta").path("provisionedExternalId").asText(""))
                .orElse("");
        return new ImportDashboardBefore(
                uid,
                found.isPresent(),
                found.map(ImportDashboard::version).orElse(0L),
                provisioned ? "file " + (file.isEmpty() ? "of Grafana's provisioning" : file) : "",
                found.map(ImportDashboard::folder).orElse(null));
    }

    ImportDashboardResult run(ImportDashboardBefore before) {
        if (!before.provisionedBy().isEmpty()) {
            throw Failures.refused("dashboard '" + before.uid() + "' is provisioned by " + before.provisionedBy()
                    + "; change it there, an import would not last");
        }
        DashboardText dashboard = DashboardText.of(input);
        Optional<JsonNode> live = api.dashboard(before.uid());
        if (live.isEmpty() || ours(api.versions(before.uid())).isEmpty()) {
            invocation.renew("importing");
            // Grafana moves what is saved without a folder to the general one.
            String folder = input.folderUid() == null
                    ? live.map(ImportDashboard::folder).orElse("")
                    : input.folderUid();
            api.save(dashboard.request(before.version(), message(), folder));
            live = api.dashboard(before.uid());
        }
        JsonNode now = live.orElseThrow(
                () -> Failures.failed("dashboard '" + before.uid() + "' was imported and is not there", null));
        return result(before, now, dashboard.title());
    }

    private ImportDashboardResult result(ImportDashboardBefore before, JsonNode now, String title) {
        int panels = Panels.all(now.path("dashboard")).size();
        return new ImportDashboardResult(
                before.uid(),
                ours(api.versions(before.uid())).orElse(version(now)),
                now.path("meta").path("url").asText(),
                !before.existed(),
                panels,
                "'" + title + "' " + (before.existed() ? "imported as version " + version(now) : "created") + " with "
                        + panels + " panels",
                api.address(now.path("meta").path("url").asText()));
    }

    UndoResult undo(ImportDashboardBefore before, @Nullable ImportDashboardResult result) {
        Optional<JsonNode> live = api.dashboard(before.uid());
        if (live.isEmpty()) {
            return invocation.announced(TAKING_BACK)
                    ? UndoResult.reverted("dashboard '" + before.uid() + "' deleted")
                    : UndoResult.notNeeded("there is no dashboard '" + before.uid() + "'");
        }
        List<JsonNode> versions = api.versions(before.uid());
        Optional<Long> imported = result == null ? ours(versions) : Optional.of(result.version());
        if (imported.isEmpty()) {
            return UndoResult.notNeeded("dashboard '" + before.uid() + "' was never imported by this step");
        }
        if (version(live.get()) != imported.get()) {
            return moved(before, live.get(), versions);
        }
        invocation.renew(TAKING_BACK);
        return before.existed() ? restored(before) : deleted(before);
    }

    private UndoResult moved(ImportDashboardBefore before, JsonNode live, List<JsonNode> versions) {
        if (!isFormer(before, live, versions)) {
            return UndoResult.refused("dashboard '" + before.uid() + "' was changed since, to version " + version(live)
                    + " by " + live.path("meta").path("updatedBy").asText("someone") + "; left as it is");
        }
        if (!isElsewhere(before, live)) {
            String shown = "dashboard '" + before.uid() + "' shows version " + before.version() + " again";
            return invocation.announced(TAKING_BACK) ? UndoResult.reverted(shown) : UndoResult.notNeeded(shown);
        }
        invocation.renew(TAKING_BACK);
        return toFolder(before, live);
    }

    /** Whether the newest version is the one before the step, restored or put back to its folder since. */
    private boolean isFormer(ImportDashboardBefore before, JsonNode live, List<JsonNode> versions) {
        return version(live) == before.version()
                || versions.stream()
                        .filter(version -> version.path("version").asLong() == version(live))
                        .anyMatch(version -> before.existed()
                                && (version.path("restoredFrom").asLong() == before.version()
                                        || version.path("message").asText().equals(movedBack())));
    }

    private static boolean isElsewhere(ImportDashboardBefore before, JsonNode live) {
        return before.folderUid() != null && !before.folderUid().equals(folder(live));
    }

    private UndoResult restored(ImportDashboardBefore before) {
        api.restore(before.uid(), before.version());
        JsonNode live = api.dashboard(before.uid())
                .orElseThrow(() -> Failures.failed("dashboard '" + before.uid() + "' was restored and is gone", null));
        return isElsewhere(before, live)
                ? toFolder(before, live)
                : UndoResult.reverted("dashboard '" + before.uid() + "' restored to version " + before.version());
    }

    /** Restoring a version leaves a dashboard in the folder that it is in. */
    private UndoResult toFolder(ImportDashboardBefore before, JsonNode live) {
        String folder = before.folderUid() == null ? "" : before.folderUid();
        api.save(DashboardText.again(live.path("dashboard"), movedBack(), folder));
        return UndoResult.reverted("dashboard '" + before.uid() + "' restored to version " + before.version()
                + " and its folder " + (folder.isEmpty() ? "General" : folder));
    }

    private UndoResult deleted(ImportDashboardBefore before) {
        api.delete(before.uid());
        if (api.dashboard(before.uid()).isPresent()) {
            throw Failures.failed("dashboard '" + before.uid() + "' was deleted and is still there", null);
        }
        return UndoResult.reverted("dashboard '" + before.uid() + "', which the step created, deleted");
    }

    /** The newest version that this step imported. */
    private Optional<Long> ours(List<JsonNode> versions) {
        return versions.stream()
                .filter(version -> version.path("message").asText().equals(message()))
                .map(version -> version.path("version").asLong())
                .findFirst();
    }

    private String movedBack() {
        return "Moved back by Longwatch: " + step.key();
    }

    private static String folder(JsonNode dashboard) {
        return dashboard.path("meta").path("folderUid").asText("");
    }

    private String message() {
        return "Imported by Longwatch: " + step.key();
    }

    private static long version(JsonNode dashboard) {
        return dashboard.path("dashboard").path("version").asLong();
    }
}
