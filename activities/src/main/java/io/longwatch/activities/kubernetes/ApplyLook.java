package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.actions.kubernetes.Owner;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Before an apply: what stands there, and whether someone else owns it. */
final class ApplyLook {
    /** All former objects together, so that they fit a step's record. */
    private static final int LONGEST = 6 * 1024;

    private static final String HISTORY = "/spec/revisionHistoryLimit";

    private final Cluster cluster;

    ApplyLook(Cluster cluster) {
        this.cluster = cluster;
    }

    ApplyBefore run(StepRef step, ApplyInput input) {
        List<FormerObject> objects = new ArrayList<>();
        for (Target target : Target.of(cluster, step, input)) {
            Optional<ObjectNode> live = target.live();
            refuseOwned(target, live, input.ownerOrDefault());
            refuseWithoutHistory(target, live);
            live.ifPresent(object -> refuseConflict(target, object, input));
            live.filter(object -> target.isDeployment())
                    .ifPresent(object -> Rollout.awaitObserved(Trees.deployment(object)));
            objects.add(live.map(object -> former(target, object))
                    .orElseGet(() -> FormerObject.absent(
                            target.apiVersion(), target.kind().getKind(), target.namespace(), target.name())));
        }
        checkSize(objects);
        return new ApplyBefore(objects);
    }

    private void refuseOwned(Target target, Optional<ObjectNode> live, Owner wish) {
        Optional<String> owner = live.flatMap(Ownership::of).or(() -> autoscaler(target));
        owner.ifPresent(who -> {
            throw Failures.refused(refusal(target, who, wish));
        });
    }

    private Optional<String> autoscaler(Target target) {
        return target.setsReplicas() && target.namespace() != null
                ? Ownership.autoscaler(cluster.client(), target.namespace(), target.name())
                        .map(who -> who + ", which sets its replicas,")
                : Optional.empty();
    }

    private static String refusal(Target target, String who, Owner wish) {
        return wish == Owner.NONE
                ? target.title() + " belongs to " + who
                        + " and would be changed back; change it there, or leave out what is owned"
                : "owner: " + wish.name().toLowerCase(Locale.ROOT) + " is not supported for " + who + " of "
                        + target.title() + "; stop it by hand first, or change the object there";
    }

    /** The cluster keeps a former revision only as a ReplicaSet of its history. */
    private static void refuseWithoutHistory(Target target, Optional<ObjectNode> live) {
        JsonNode written = target.wished().at(HISTORY);
        JsonNode kept = written.isNumber()
                ? written
                : live.map(object -> object.at(HISTORY)).orElse(written);
        if (target.isDeployment() && kept.isNumber() && kept.asInt() == 0) {
            throw Failures.refused(target.title() + ": revisionHistoryLimit is 0 "
                    + (written.isNumber() ? "in the manifest" : "on the cluster and the manifest leaves it")
                    + ", so no former revision would be kept to go back to; write 1 or more in the manifest");
        }
    }

    static void refuseConflict(Target target, JsonNode live, ApplyInput input) {
        if (input.forced()) {
            return;
        }
        List<String> conflicts =
                ManagedFields.conflicts(live, target.wished(), manager -> !ManagedFields.isOurs(manager));
        if (!conflicts.isEmpty()) {
            throw Failures.refused(target.title() + ": "
                    + (conflicts.size() == 1 ? "1 field" : conflicts.size() + " fields")
                    + " that the manifest changes and someone else manages ("
                    + String.join(", ", conflicts.subList(0, Math.min(3, conflicts.size())))
                    + "); write force: true to take them over");
        }
    }

    private static FormerObject former(Target target, ObjectNode live) {
        boolean deployment = target.isDeployment();
        return new FormerObject(
                target.apiVersion(),
                target.kind().getKind(),
                target.namespace(),
                target.name(),
                true,
                text(live.at("/metadata/uid")),
                text(live.at("/metadata/resourceVersion")),
                number(live.at("/metadata/generation")),
                mark(live),
                deployment ? revision(live) : null,
                deployment ? Integer.valueOf(live.at("/spec/replicas").asInt(1)) : null,
                deployment ? images(live) : List.of(),
                (deployment ? Settings.of(live) : Trees.compact(live)).toString());
    }

    static @Nullable String mark(JsonNode live) {
        return text(live.at("/metadata/annotations").path(Release.ANNOTATION));
    }

    static @Nullable Long revision(JsonNode live) {
        String revision = text(live.at("/metadata/annotations").path(Deployments.REVISION));
        return revision == null ? null : Long.valueOf(revision);
    }

    static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? Long.valueOf(node.asLong()) : null;
    }

    private static List<String> images(JsonNode live) {
        return StreamSupport.stream(live.at("/spec/template/spec/containers").spliterator(), false)
                .map(container -> container.path("image").asText())
                .toList();
    }

    private static void checkSize(List<FormerObject> objects) {
        int size = objects.stream()
                .mapToInt(
                        object -> object.former() == null ? 0 : object.former().length())
                .sum();
        if (size > LONGEST) {
            throw Failures.refused("the former objects take " + size + " bytes and at most " + LONGEST
                    + " fit a step's record, so there would be no way back; split the manifest over several steps");
        }
    }
}
