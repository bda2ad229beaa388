package io.longwatch.activities.image;

import io.longwatch.actions.image.BuildBefore;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import java.util.Optional;

/** Removes an image that the step pushed, if nothing else in the registry names it. */
final class UndoBuild {
    private final Recipe recipe;
    private final Registry registry;
    private final Invocation invocation;

    UndoBuild(Recipe recipe, Registry registry, Invocation invocation) {
        this.recipe = recipe;
        this.registry = registry;
        this.invocation = invocation;
    }

    UndoResult run(BuildBefore before) throws IOException, InterruptedException {
        String target = recipe.target();
        if (before.digest() != null) {
            return UndoResult.notNeeded("image " + target + " was there before the step");
        }
        Optional<Image> live =
                Image.look(registry, recipe.reference(), recipe.input().platformOrDefault());
        if (live.isEmpty()) {
            return UndoResult.notNeeded("there is no image " + target);
        }
        if (!recipe.step().key().equals(live.get().labels().get(Image.STEP))) {
            return UndoResult.refused("image " + target + " was not pushed by this step; it stays");
        }
        Optional<String> other = otherTagOf(live.get());
        return other.isPresent()
                ? UndoResult.refused("image " + target + " stands under tag " + other.get() + " as well; it stays")
                : remove(live.get());
    }

    private Optional<String> otherTagOf(Image image) throws IOException, InterruptedException {
        String repository = recipe.input().image();
        for (String tag : registry.tags(repository)) {
            invocation.heartbeat("looking at " + repository + ":" + tag);
            boolean same = registry.manifest(repository, tag)
                    .filter(manifest -> manifest.digest().equals(image.digest()))
                    .isPresent();
            if (same && !tag.equals(recipe.input().tag())) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }

    private UndoResult remove(Image image) throws IOException, InterruptedException {
        invocation.heartbeat("removing " + recipe.target());
        return registry.remove(recipe.input().image(), image.digest())
                ? UndoResult.reverted("image " + recipe.target() + " removed, " + Digests.shortened(image.digest()))
                : UndoResult.refused(
                        "registry " + recipe.connection().host() + " removes no images; " + recipe.target() + " stays");
    }
}
