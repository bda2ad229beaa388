package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** An object as the API server answered it after it was applied. */
public record AppliedObject(
        @Field(value = "Kind", example = "Deployment") String kind,

        @Field(value = "Namespace; absent for objects of the cluster", example = "production") @Nullable
        String namespace,

        @Field(value = "Name", example = "biometric-bridge") String name,

        @Field(value = "Its uid", example = "5c1f2a1e-8f0b-4f5e-9d55-1f3a5e0f0c11") @Nullable
        String uid,

        @Field(value = "Its version", example = "48301") @Nullable
        String resourceVersion,

        @Field(value = "Its generation, where its kind counts them", example = "8") @Nullable
        Long generation,

        @Field(value = "created or configured", example = "configured")
        String change) {}
