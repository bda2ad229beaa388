package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.kubernetes.LogSource.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code pods/log} answers. It does not follow: it ends with what is written by now. */
final class PodLogs {
    private final ModelTime time;
    private final PodModel model;

    PodLogs(ModelTime time, PodModel model) {
        this.time = time;
        this.model = model;
    }

    String read(ObjectNode pod, ApiRequest request) {
        JsonNode container = container(pod, request.query("container"));
        JsonNode status = statusOf(pod, container);
        Instant from;
        Instant to;
        if (request.asks("previous")) {
            JsonNode ended = Tree.at(status, "lastState", "terminated");
            if (ended.isMissingNode()) {
                throw ApiError.badRequest("previous terminated container \"" + Tree.text(container, "name")
                        + "\" in pod \"" + Tree.text(pod, "metadata", "name") + "\" not found");
            }
            from = Tree.instant(ended, "startedAt");
            to = Tree.instant(ended, "finishedAt");
        } else {
            from = startOf(pod, container, status);
            to = time.now().plusNanos(1);
        }
        Instant since = later(from, since(request));
        List<Line> lines = since.isBefore(to)
                ? model.behaviourOf(PodController.containerOf(pod, container))
                        .logs()
                        .lines(PodController.containerOf(pod, container), since, to)
                : List.of();
        String text = text(tail(lines, request.query("tailLines")), request.asks("timestamps"));
        return head(text, request.query("limitBytes"));
    }

    private static JsonNode container(ObjectNode pod, String name) {
        List<JsonNode> containers = Tree.items(pod, "spec", "containers").toList();
        if (name.isEmpty() && containers.size() > 1) {
            throw ApiError.badRequest("a container name must be specified for pod "
                    + Tree.text(pod, "metadata", "name") + ", choose one of: "
                    + containers.stream().map(c -> Tree.text(c, "name")).toList());
        }
        return containers.stream()
                .filter(c -> name.isEmpty() || Tree.text(c, "name").equals(name))
                .findFirst()
                .orElseThrow(() -> ApiError.badRequest(
                        "container " + name + " is not valid for pod " + Tree.text(pod, "metadata", "name")));
    }

    private static JsonNode statusOf(ObjectNode pod, JsonNode container) {
        return Tree.items(pod, "status", "containerStatuses")
                .filter(status -> status.path("name").equals(container.path("name")))
                .findFirst()
                .orElse(Tree.object());
    }

    /** A container that waits to be started again still shows the log of its last run. */
    private static Instant startOf(ObjectNode pod, JsonNode container, JsonNode status) {
        JsonNode running = Tree.at(status, "state", "running", "startedAt");
        JsonNode ended = Tree.at(status, "lastState", "terminated", "startedAt");
        if (running.isMissingNode() && ended.isMissingNode()) {
            String reason = Tree.text(status, "state", "waiting", "reason");
            throw ApiError.badRequest("container \"" + Tree.text(container, "name") + "\" in pod \""
                    + Tree.text(pod, "metadata", "name") + "\" is waiting to start: "
                    + (reason.isEmpty() ? "ContainerCreating" : reason));
        }
        return Instant.parse(running.isMissingNode() ? ended.asText() : running.asText());
    }

    private Instant since(ApiRequest request) {
        String seconds = request.query("sinceSeconds");
        if (!seconds.isEmpty()) {
            return time.now().minusSeconds(Long.parseLong(seconds));
        }
        String instant = request.query("sinceTime");
        return instant.isEmpty() ? Instant.EPOCH : Instant.parse(instant);
    }

    private static List<Line> tail(List<Line> lines, String count) {
        if (count.isEmpty()) {
            return lines;
        }
        int wanted = Integer.parseInt(count);
        return lines.subList(Math.max(0, lines.size() - wanted), lines.size());
    }

    private static String text(List<Line> lines, boolean timestamps) {
        return lines.stream()
                .map(line -> (timestamps ? line.at() + " " : "") + line.text() + "\n")
                .collect(Collectors.joining());
    }

    /** So many bytes of it, though they end within a line. */
    private static String head(String text, String bytes) {
        if (bytes.isEmpty()) {
            return text;
        }
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return new String(all, 0, Math.min(all.length, Integer.parseInt(bytes)), StandardCharsets.UTF_8);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
