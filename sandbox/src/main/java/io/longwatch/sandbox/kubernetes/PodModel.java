package io.longwatch.sandbox.kubernetes;

import java.time.Instant;
import java.util.Map;

/** Says how the containers of pods behave. Asked again at every move, so that a scenario may change its mind. */
@FunctionalInterface
public interface PodModel {
    PodBehaviour behaviourOf(Container container);

    /**
     * A container of a pod.
     *
     * @param namespace namespace of the pod
     * @param pod name of the pod
     * @param labels labels of the pod
     * @param name name of the container in the pod
     * @param image its image
     * @param createdAt when the pod was created
     */
    record Container(
            String namespace, String pod, Map<String, String> labels, String name, String image, Instant createdAt) {
        public Container {
            labels = Map.copyOf(labels);
        }
    }
}
