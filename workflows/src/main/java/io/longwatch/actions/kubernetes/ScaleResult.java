package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code kubernetes.scale}. */
public record ScaleResult(
        @Field(value = "Pods that are ready", example = "2") int readyReplicas,

        @Field(value = "Replicas asked for", example = "2") int replicas,

        @Field(value = "Ready of wished", example = "2 of 2 replicas ready")
        String summary)
        implements ActionResult {}
