package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import java.util.List;

/** What {@code kubernetes.apply} found before it: the way back. */
public record ApplyBefore(
        @Field(
                value = "The manifest's objects as they stood, in its order",
                example = "[{apiVersion: apps/v1, kind: Deployment, namespace: production, name: biometric-bridge,"
                        + " existed: true, revision: 3, replicas: 2, images: [bridge:1.4.1]}]")
        List<FormerObject> objects) {
    public ApplyBefore {
        objects = objects == null ? List.of() : List.copyOf(objects);
    }
}
