package io.longwatch.activities.image;

import io.longwatch.actions.image.BuildResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.git.Checkout;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.util.Optional;

/** Builds and pushes an image where there is none of its commit yet. */
final class Build {
    private final Recipe recipe;
    private final Registry registry;
    private final GitConnection source;
    private final Assembly assembly;
    private final Invocation invocation;

    Build(Recipe recipe, Registry registry, GitConnection source, Assembly assembly, Invocation invocation) {
        this.recipe = recipe;
        this.registry = registry;
        this.source = source;
        this.assembly = assembly;
        this.invocation = invocation;
    }

    BuildResult run() throws IOException, InterruptedException {
        Optional<Image> there = look();
        if (there.isPresent()) {
            return result(there.get(), true);
        }
        try (Checkout checkout = Checkout.of(source, recipe.input().sha(), invocation)) {
            assembly.push(recipe, checkout, invocation);
        }
        Image pushed = look().orElseThrow(() -> Failures.unavailable(
                "image " + recipe.target() + " was pushed but is not there yet; it is looked for again", null));
        return result(pushed, false);
    }

    /** The image under the tag if it is of this commit and platform; a tag is never moved. */
    private Optional<Image> look() throws IOException {
        String platform = recipe.input().platformOrDefault();
        Optional<Image> there = Image.look(registry, recipe.reference(), platform);
        if (there.isPresent() && !recipe.input().sha().equals(there.get().revision())) {
            String other = there.get().revision();
            throw Failures.refused(
                    "image " + recipe.target() + " is there as " + there.get().digest() + " of "
                            + (other == null ? "an unknown commit" : "commit " + other) + ", not of "
                            + recipe.input().sha() + "; a tag is never moved: choose another");
        }
        if (there.isPresent() && !there.get().platforms().contains(platform)) {
            throw Failures.refused("image " + recipe.target() + " is there as "
                    + there.get().digest() + " for "
                    + String.join(", ", there.get().platforms()) + ", not for "
                    + platform + "; a tag is never moved: choose another");
        }
        return there;
    }

    private BuildResult result(Image image, boolean alreadyThere) {
        String name = recipe.input().image() + ":" + recipe.input().tag();
        return new BuildResult(
                recipe.target(),
                image.digest(),
                recipe.connection().host() + "/" + recipe.input().image() + "@" + image.digest(),
                image.sizeBytes(),
                alreadyThere,
                name + (alreadyThere ? " was already " : " is ") + Digests.shortened(image.digest()) + ", "
                        + image.mebibytes());
    }
}
