package io.longwatch.actions.grafana;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** What stood under the dashboard's uid before {@code grafana.importDashboard}. */
public record ImportDashboardBefore(
        @Field(value = "The dashboard's uid", example = "bridge")
        String uid,

        @Field(value = "Whether there was one", example = "false")
        boolean existed,

        @Field(value = "Its version, 0 where there was none", example = "0")
        long version,

        @Field(value = "What provisions it, empty where people may change it", example = "")
        String provisionedBy,

        @Field(value = "Uid of the folder it was in, empty for the general one", example = "services") @Nullable
        String folderUid) {}
