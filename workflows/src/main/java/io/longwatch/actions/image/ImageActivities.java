package io.longwatch.actions.image;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Builds container images at a commit and reads them from an OCI registry.
 *
 * <p>Images carry the labels {@code org.opencontainers.image.revision} (the commit) and {@code longwatch.io/step} (the
 * step's key). Fails with {@code Unavailable} (retried) when registry or repository cannot be reached, {@code Denied}
 * when they refuse the credentials, {@code NotFound} when image, commit or file do not exist, {@code Failed} when the
 * build itself fails.
 */
@ActionSystem(name = "image", title = "Container images")
@ActivityInterface
public interface ImageActivities {

    /** Reads what stands under the tag. */
    @ActivityMethod(name = "image.build.before")
    BuildBefore buildBefore(StepRef step, BuildInput input);

    /** Builds and pushes unless the tag already holds an image of that commit. */
    @Action(
            title = "Build and push an image",
            description = "Checks out a commit, builds an image of it and pushes it; the result is the digest that"
                    + " later steps deploy. jib puts layers of files together without an engine, reproducibly;"
                    + " docker, podman and buildah build a Dockerfile with the worker's own tool. A tag that"
                    + " holds an image of that commit and platform is left as it is, one that holds another is"
                    + " refused, since a tag is never moved.",
            effect = Effect.KEYED,
            attempt = "PT20M",
            timeout = "PT45M",
            example = """
                    connection: registry
                    source: source
                    sha: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
                    image: auren/biometric-bridge
                    tag: v2.0
                    layers:
                      - {from: app, to: /app}
                    entrypoint: [/app/run]
                    """)
    @ActivityMethod(name = "image.build")
    BuildResult build(StepRef step, BuildInput input, BuildBefore before);

    /** Removes the image if this step pushed it and no other tag holds it. */
    @ActivityMethod(name = "image.build.undo")
    UndoResult undoBuild(StepRef step, BuildInput input, BuildBefore before, @Nullable BuildResult result);

    /** Reads digest, labels, architecture and size of an image. */
    @Action(
            title = "Read an image's digest and labels",
            description = "Reads an image's manifest and configuration from its registry. Of a list for several"
                    + " platforms the digest is the list's, everything else that of the platform asked for.",
            attempt = "PT30S",
            example = "{connection: registry, image: 'auren/biometric-bridge:v2.0'}")
    @ActivityMethod(name = "image.inspect")
    InspectResult inspect(StepRef step, InspectInput input);
}
