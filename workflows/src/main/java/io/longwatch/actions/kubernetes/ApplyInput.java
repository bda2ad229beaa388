package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.apply}. */
public record ApplyInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(
                value = "The manifest's text, one or several YAML documents; Secrets are refused",
                example = "{apiVersion: v1, kind: ConfigMap, metadata: {name: bridge}, data: {LEVEL: info}}")
        String manifest,

        @Field(value = "Namespace of objects that name none; the connection's by default", example = "production")
        @Nullable
        String namespace,

        @Field(
                value = "Replicas of the Deployment in the manifest, instead of its own number; the manifest's by"
                        + " default",
                example = "2")
        @Nullable
        Integer replicas,

        @Field(
                value = "Take fields over from other field managers, from kubectl apply also those that the manifest no"
                        + " longer has, which are removed; false by default",
                example = "false")
        @Nullable
        Boolean force,

        @Field(
                value = "What to do about someone else who owns an object: none, suspend or handoff; none by default",
                example = "none")
        @Nullable
        Owner owner) {
    private static final int LONGEST = 256 * 1024;

    public ApplyInput {
        if (manifest == null || manifest.isBlank()) {
            throw new IllegalArgumentException("manifest is empty; give {file: path} or the YAML itself");
        }
        if (manifest.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "manifest has " + manifest.length() + " characters; split it, at most " + LONGEST + " fit");
        }
        Names.checkOptional("namespace", namespace);
        if (replicas != null && replicas < 0) {
            throw new IllegalArgumentException("replicas is " + replicas + "; write 0 or more");
        }
    }

    public boolean forced() {
        return Boolean.TRUE.equals(force);
    }

    public Owner ownerOrDefault() {
        return owner == null ? Owner.NONE : owner;
    }
}
