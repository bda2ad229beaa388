package io.longwatch.activities.image;

import io.longwatch.actions.image.BuildBefore;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import java.util.List;
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

    UndoResult run(BuildBefore before) throws IOException {
        String target = recipe.target();
        if (before.digest() != null) {
            return UndoResult.notNeeded("image " + target + " was there before the step");
        }
        Optional<Image> live =
                Image.look(registry, recipe.reference(), recipe.input().platformOrDefault());
        if (live.isEmpty()) {
            return invocation.announced(removing())
                    ? UndoResult.reverted("image " + target + " removed")
                    : UndoResult.notNeeded("there is no image " + target);
        }
        if (!recipe.step().key().equals(live.get().labels().get(Image.STEP))) {
            return UndoResult.refused("image " + target + " was not pushed by this step; it stays");
        }
        Registry.Tags tags = registry.tags(recipe.input().image());
        Optional<String> other = otherTagOf(live.get(), tags.names());
        if (other.isPresent()) {
            return UndoResult.refused("image " + target + " stands under tag " + other.get() + " as well; it stays");
        }
        return tags.complete()
                ? remove(live.get())
                : UndoResult.refused("image " + target + " may stand under another tag, of more than "
                        + tags.names().size() + " of its repository; it stays");
    }

    private Optional<String> otherTagOf(Image image, List<String> tags) throws IOException {
        String repository = recipe.input().image();
        for (String tag : tags) {
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

    private String removing() {
        return "removing " + recipe.target();
    }

    private UndoResult remove(Image image) throws IOException {
        invocation.renew(removing());
        return registry.remove(recipe.input().image(), image.digest())
                ? UndoResult.reverted("image " + recipe.target() + " removed, " + Digests.shortened(image.digest()))
                : UndoResult.refused(
                        "registry " + recipe.connection().host() + " removes no images; " + recipe.target() + " stays");
    }
}
