package io.longwatch.actions.grafana;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Result of {@code grafana.importDashboard}. */
public record ImportDashboardResult(
        @Field(value = "The dashboard's uid", example = "bridge")
        String uid,

        @Field(value = "The version imported", example = "1")
        long version,

        @Field(value = "Its path below Grafana's address", example = "/d/bridge/biometric-bridge")
        String path,

        @Field(value = "Whether it is new", example = "true")
        boolean created,

        @Field(value = "Panels in it", example = "6") int panels,

        @Field(value = "What was imported", example = "'Biometric Bridge' created with 6 panels")
        String summary,

        @Field(value = "Where people open it", example = "https://grafana.internal/d/bridge/biometric-bridge") @Nullable
        String url)
        implements ActionResult {}
