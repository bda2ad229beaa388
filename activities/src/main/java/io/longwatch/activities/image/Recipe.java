package io.longwatch.activities.image;

import io.longwatch.actions.image.BuildInput;
import io.longwatch.contract.StepRef;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to build: a step's input with where it goes.
 *
 * @param step the step that builds
 * @param input its input
 * @param connection the registry
 */
record Recipe(StepRef step, BuildInput input, RegistryConnection connection) {

    /** The image with registry and tag. */
    String target() {
        return connection.host() + "/" + input.image() + ":" + input.tag();
    }

    Reference reference() {
        return new Reference(input.image(), input.tag());
    }

    /** The plan's labels, the commit and the step. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(input.labelsOrNone());
        labels.put(Image.REVISION, input.sha());
        labels.put(Image.STEP, step.key());
        return labels;
    }
}
