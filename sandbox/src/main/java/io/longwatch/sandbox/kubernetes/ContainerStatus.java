package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.kubernetes.ContainerLife.Ended;
import io.longwatch.text.Sha256;

/** A container's life as an entry of {@code containerStatuses}. */
final class ContainerStatus {
    private ContainerStatus() {}

    static ObjectNode of(JsonNode container, ContainerLife life) {
        String image = Tree.text(container, "image");
        ObjectNode status = Tree.object();
        status.put("name", Tree.text(container, "name"))
                .put("image", image)
                .put("imageID", life.running() || life.last().isPresent() ? imageId(image) : "")
                .put("ready", life.ready())
                .put("started", life.running())
                .put("restartCount", life.restarts());
        status.set("state", state(life));
        ObjectNode last = status.putObject("lastState");
        life.last().ifPresent(ended -> last.set("terminated", terminated(ended)));
        return status;
    }

    private static ObjectNode state(ContainerLife life) {
        ObjectNode state = Tree.object();
        if (life.running()) {
            state.putObject("running").put("startedAt", Tree.time(life.startedAt()));
        } else {
            ObjectNode waiting = state.putObject("waiting").put("reason", life.waiting());
            if (!life.message().isEmpty()) {
                waiting.put("message", life.message());
            }
        }
        return state;
    }

    private static ObjectNode terminated(Ended ended) {
        return Tree.object()
                .put("exitCode", ended.exitCode())
                .put("reason", ended.reason())
                .put("startedAt", Tree.time(ended.startedAt()))
                .put("finishedAt", Tree.time(ended.at()));
    }

    /** The digest that an image names, or one made from its name: the same image always has the same. */
    private static String imageId(String image) {
        if (image.contains("@")) {
            return image;
        }
        String repository =
                image.lastIndexOf(':') > image.lastIndexOf('/') ? image.substring(0, image.lastIndexOf(':')) : image;
        return repository + "@sha256:" + Sha256.hex(image);
    }
}
