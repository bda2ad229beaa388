package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import io.longwatch.contract.TakesOver;
import java.util.List;

/** What {@code kubernetes.apply} found before it: the way back. */
public record ApplyBefore(
        @Field(
                value = "The manifest's objects as they stood, in its order",
                example = "[{apiVersion: apps/v1, kind: Deployment, namespace: production, name: biometric-bridge,"
                        + " existed: true, revision: 3, replicas: 2, images: [bridge:1.4.1]}]")
        List<FormerObject> objects)
        implements TakesOver<ApplyBefore> {
    public ApplyBefore {
        objects = objects == null ? List.of() : List.copyOf(objects);
    }

    @Override
    public ApplyBefore takingOver(ApplyBefore former) {
        return new ApplyBefore(objects.stream()
                .map(object -> former.objects().stream()
                        .filter(object::wasThereAs)
                        .findFirst()
                        .orElse(object))
                .toList());
    }
}
