package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Pods as controllers see them. */
final class Pods {
    private Pods() {}

    static List<ObjectNode> ownedBy(ObjectStore store, JsonNode owner) {
        String uid = Tree.text(owner, "metadata", "uid");
        return store.list(Kinds.POD, Tree.text(owner, "metadata", "namespace")).stream()
                .filter(pod -> Owners.isOwnedBy(pod, uid))
                .toList();
    }

    static boolean isReady(JsonNode pod) {
        return Conditions.isTrue(pod, "Ready");
    }

    static boolean isAvailable(JsonNode pod, Duration minReady, Instant now) {
        return isReady(pod) && !availableAt(pod, minReady).isAfter(now);
    }

    static Instant availableAt(JsonNode pod, Duration minReady) {
        return Conditions.find(pod, "Ready")
                .map(ready -> Tree.instant(ready, "lastTransitionTime"))
                .orElse(Instant.EPOCH)
                .plus(minReady);
    }

    /** Which pods a ReplicaSet gives up first: the unready, then those with more restarts, then the youngest. */
    static Comparator<ObjectNode> firstToGo() {
        return Comparator.<ObjectNode, Boolean>comparing(Pods::isReady)
                .thenComparing(pod -> -Tree.items(pod, "status", "containerStatuses")
                        .mapToInt(status -> Tree.integer(status, 0, "restartCount"))
                        .sum())
                .thenComparing(pod -> Tree.instant(pod, "metadata", "creationTimestamp"), Comparator.reverseOrder());
    }
}
