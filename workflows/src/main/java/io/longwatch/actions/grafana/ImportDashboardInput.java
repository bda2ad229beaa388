package io.longwatch.actions.grafana;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code grafana.importDashboard}. */
public record ImportDashboardInput(
        @ConnectionName("grafana")
        @Field(value = "Connection of kind grafana; the environment's only one by default", example = "dashboards")
        @Nullable
        String connection,

        @Field(
                value = "The dashboard's JSON, as exported; mostly {file: PATH}",
                example = "{\"uid\": \"bridge\", \"title\": \"Biometric Bridge\", \"panels\": []}")
        String dashboard,

        @Field(value = "Its uid, for a JSON without one; the JSON's own by default", example = "bridge") @Nullable
        String uid,

        @Field(value = "Folder to put it in; the general one, or where it is, by default", example = "services")
        @Nullable
        String folderUid,

        @Field(
                value = "Values of what the export left open, by name, as in its __inputs; none by default",
                example = "{DS_PROMETHEUS: prometheus}")
        @Nullable
        Map<String, String> inputs) {
    private static final int LONGEST_UID = 40;

    public ImportDashboardInput {
        if (dashboard.isBlank()) {
            throw new IllegalArgumentException("dashboard is empty; write its JSON, or {file: PATH}");
        }
        if (uid != null && (uid.length() > LONGEST_UID || !uid.matches("[A-Za-z0-9_-]+"))) {
            throw new IllegalArgumentException("uid '" + uid + "' is none of Grafana's; write at most " + LONGEST_UID
                    + " letters, digits, - and _");
        }
        inputs = inputs == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
}
