package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object of a manifest as it stood before the release touched it. */
public record FormerObject(
        @Field(value = "API version", example = "apps/v1") String apiVersion,

        @Field(value = "Kind", example = "Deployment") String kind,

        @Field(value = "Namespace; absent for objects of the cluster", example = "production") @Nullable
        String namespace,

        @Field(value = "Name", example = "biometric-bridge") String name,

        @Field(value = "Whether it existed", example = "true")
        boolean existed,

        @Field(value = "Its uid", example = "5c1f2a1e-8f0b-4f5e-9d55-1f3a5e0f0c11") @Nullable
        String uid,

        @Field(value = "Its version", example = "48213") @Nullable
        String resourceVersion,

        @Field(value = "Its generation, where its kind counts them", example = "7") @Nullable
        Long generation,

        @Field(
                value = "Release step that applied it, from longwatch.io/release",
                example = "bridge-prod-20261101-1/apply")
        @Nullable
        String release,

        @Field(value = "Revision of a Deployment", example = "3") @Nullable
        Long revision,

        @Field(value = "Replicas of a Deployment", example = "2") @Nullable
        Integer replicas,

        @Field(value = "Images of a Deployment", example = "[registry.example.com/bridge:1.4.1]")
        List<String> images,

        @Field(
                value =
                        "The former object as JSON without what the server sets; of a Deployment how it rolls out: its spec"
                                + " without pods, selector and replicas",
                example = "{}")
        @Nullable
        String former) {
    public FormerObject {
        images = images == null ? List.of() : List.copyOf(images);
    }

    /** Whether this is the object that another record tells of, which was there then and has been since. */
    boolean wasThereAs(FormerObject earlier) {
        return earlier.existed()
                && existed
                && uid != null
                && uid.equals(earlier.uid)
                && kind.equals(earlier.kind)
                && Objects.equals(namespace, earlier.namespace)
                && name.equals(earlier.name);
    }

    /** Kind and name, as messages say it. */
    public String title() {
        return kind + " " + name;
    }

    /** An object that did not exist. */
    public static FormerObject absent(String apiVersion, String kind, @Nullable String namespace, String name) {
        return new FormerObject(
                apiVersion, kind, namespace, name, false, null, null, null, null, null, null, List.of(), null);
    }
}
