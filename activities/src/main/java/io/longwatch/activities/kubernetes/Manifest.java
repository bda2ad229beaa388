package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects that a step applies: checked, with the replicas it overrides and the mark of its release. */
final class Manifest {
    /** So that what was found before fits a step's record. */
    private static final int MOST = 15;

    private static final List<String> NOT_APPLIED =
            List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink");

    private Manifest() {}

    static List<ObjectNode> of(StepRef step, ApplyInput input) {
        List<ObjectNode> objects = Documents.parse(input.manifest());
        if (objects.isEmpty() || objects.size() > MOST) {
            throw Failures.invalid("manifest holds " + objects.size() + " objects; 1 to " + MOST + " fit a step");
        }
        objects.forEach(object -> prepare(object, step, input.namespace()));
        refuseTwins(objects);
        if (input.replicas() != null) {
            scale(objects, input.replicas());
        }
        return objects;
    }

    static String title(ObjectNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    static boolean isDeployment(ObjectNode object) {
        return "Deployment".equals(object.path("kind").asText())
                && object.path("apiVersion").asText().startsWith("apps/");
    }

    private static void prepare(ObjectNode object, StepRef step, @Nullable String namespace) {
        if ("Secret".equals(object.path("kind").asText())) {
            throw Failures.invalid(
                    "manifest holds " + title(object)
                            + "; its values would stand in the release's history. Create it apart and look at it with secret.check");
        }
        String own = object.at("/metadata/namespace").asText();
        if (namespace != null && !own.isEmpty() && !own.equals(namespace)) {
            throw Failures.invalid("manifest puts " + title(object) + " into namespace '" + own + "', the step into '"
                    + namespace + "'; write one of the two");
        }
        object.remove("status");
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove(NOT_APPLIED);
        metadata.withObjectProperty("annotations").put(Release.ANNOTATION, step.key());
    }

    private static void refuseTwins(List<ObjectNode> objects) {
        Set<String> titles = objects.stream()
                .map(object -> title(object) + object.at("/metadata/namespace").asText())
                .collect(Collectors.toSet());
        if (titles.size() < objects.size()) {
            throw Failures.invalid("manifest names an object twice; keep one of them");
        }
    }

    private static void scale(List<ObjectNode> objects, int replicas) {
        List<ObjectNode> deployments =
                objects.stream().filter(Manifest::isDeployment).toList();
        if (deployments.size() != 1) {
            throw Failures.invalid("replicas is given and the manifest holds " + deployments.size()
                    + " Deployments; it must hold one");
        }
        deployments.get(0).withObjectProperty("spec").put("replicas", replicas);
    }
}
