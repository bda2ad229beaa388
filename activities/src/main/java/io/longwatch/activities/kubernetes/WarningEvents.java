package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Warnings from the Events of a namespace, for accounts that may list them; for others there are none. */
final class WarningEvents implements Warnings {
    private static final int FORBIDDEN = 403;

    private final Cluster cluster;
    private final String namespace;
    private final Map<String, List<Event>> byReason = new HashMap<>();

    WarningEvents(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    @Override
    public Optional<String> about(HasMetadata object, String reason) {
        String kind = object.getKind();
        String name = object.getMetadata().getName();
        return byReason.computeIfAbsent(reason, this::read).stream()
                .filter(event -> event.getInvolvedObject() != null)
                .filter(event -> kind.equals(event.getInvolvedObject().getKind())
                        && name.equals(event.getInvolvedObject().getName()))
                .max(Comparator.comparing(WarningEvents::last))
                .map(Event::getMessage)
                .filter(message -> !message.isBlank());
    }

    private List<Event> read(String reason) {
        try {
            return cluster
                    .client()
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withField("reason", reason)
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> reason.equals(event.getReason()))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /** Both are of one format, so they sort as texts. */
    private static String last(Event event) {
        String series = event.getEventTime() == null
                ? ""
                : Objects.toString(event.getEventTime().getTime(), "");
        return Objects.requireNonNullElse(event.getLastTimestamp(), series);
    }
}
