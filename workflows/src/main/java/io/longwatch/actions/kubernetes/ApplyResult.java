package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code kubernetes.apply}. */
public record ApplyResult(
        @Field(
                value = "The objects, in the manifest's order",
                example = "[{kind: Deployment, namespace: production, name: biometric-bridge, change: configured}]")
        List<AppliedObject> objects,

        @Field(value = "Objects that did not exist before", example = "0")
        int created,

        @Field(value = "Objects that existed before", example = "1")
        int configured,

        @Field(value = "What was applied", example = "Deployment biometric-bridge configured")
        String summary)
        implements ActionResult {
    public ApplyResult {
        objects = objects == null ? List.of() : List.copyOf(objects);
    }
}
