package io.longwatch.actions.image;

import io.longwatch.contract.Field;

/** Files of the repository that become one layer. */
public record Layer(
        @Field(value = "File or folder, relative to the root of the repository; '.' for all of it", example = "app")
        String from,

        @Field(value = "Folder of the image to put it in", example = "/app")
        String to) {
    public Layer {
        if (from == null || from.isBlank() || from.startsWith("/") || from.contains("..")) {
            throw new IllegalArgumentException(
                    "from '" + from + "' is no path of the repository; write it relative to its root, without '..'");
        }
        if (to == null || !to.startsWith("/")) {
            throw new IllegalArgumentException("to '" + to + "' is no folder of an image; begin it with /");
        }
    }
}
