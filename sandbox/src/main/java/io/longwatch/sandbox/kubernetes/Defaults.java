package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What an API server fills in where an object says nothing. */
final class Defaults {
    private Defaults() {}

    static ObjectNode fill(Kind kind, ObjectNode object) {
        dropEmpty(object, false);
        switch (kind.name()) {
            case "Deployment" -> deployment(Tree.child(object, "spec"));
            case "ReplicaSet" -> replicaSet(Tree.child(object, "spec"));
            case "Pod" -> podSpec(Tree.child(object, "spec"));
            case "Service" -> service(Tree.child(object, "spec"));
            case "Secret" -> secret(object);
            case "HorizontalPodAutoscaler" -> Tree.putIfAbsent(Tree.child(object, "spec"), "minReplicas", 1);
            case "Namespace" -> Tree.putIfAbsent(Tree.child(object, "status"), "phase", "Active");
            default -> {
                // Nothing to fill in.
            }
        }
        return object;
    }

    /** Nothing is stored for a null, or for an empty list in a spec. */
    private static void dropEmpty(JsonNode node, boolean inSpec) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(e -> e.getValue().isNull()
                            || (inSpec && e.getValue().isArray() && e.getValue().isEmpty()));
            object.properties()
                    .forEach(e -> dropEmpty(e.getValue(), inSpec || e.getKey().equals("spec")));
        } else {
            node.forEach(item -> dropEmpty(item, inSpec));
        }
    }

    private static void deployment(ObjectNode spec) {
        Tree.putIfAbsent(spec, "replicas", 1);
        Tree.putIfAbsent(spec, "revisionHistoryLimit", 10);
        Tree.putIfAbsent(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Tree.child(spec, "strategy");
        Tree.putIfAbsent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Tree.child(strategy, "rollingUpdate");
            Tree.putIfAbsent(rolling, "maxSurge", "25%");
            Tree.putIfAbsent(rolling, "maxUnavailable", "25%");
        }
        podSpec(Tree.child(spec, "template", "spec"));
    }

    private static void replicaSet(ObjectNode spec) {
        Tree.putIfAbsent(spec, "replicas", 1);
        podSpec(Tree.child(spec, "template", "spec"));
    }

    private static void podSpec(ObjectNode spec) {
        Tree.putIfAbsent(spec, "restartPolicy", "Always");
        Tree.putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
        Tree.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        Tree.putIfAbsent(spec, "schedulerName", "default-scheduler");
        Tree.child(spec, "securityContext");
        for (String list : List.of("containers", "initContainers")) {
            Tree.items(spec, list).forEach(container -> container((ObjectNode) container));
        }
        Tree.items(spec, "volumes").forEach(volume -> {
            for (String source : List.of("configMap", "secret")) {
                if (volume.get(source) instanceof ObjectNode from) {
                    Tree.putIfAbsent(from, "defaultMode", 420);
                }
            }
        });
    }

    private static void container(ObjectNode container) {
        Tree.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        Tree.putIfAbsent(container, "terminationMessagePolicy", "File");
        Tree.putIfAbsent(container, "imagePullPolicy", pullPolicy(Tree.text(container, "image")));
        Tree.child(container, "resources");
        Tree.items(container, "ports").forEach(port -> Tree.putIfAbsent((ObjectNode) port, "protocol", "TCP"));
        Tree.items(container, "env").forEach(variable -> {
            if (Tree.at(variable, "valueFrom", "fieldRef") instanceof ObjectNode field) {
                Tree.putIfAbsent(field, "apiVersion", "v1");
            }
        });
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode found) {
                probe(found);
            }
        }
    }

    private static String pullPolicy(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return name.endsWith(":latest") || (!name.contains(":") && !name.contains("@")) ? "Always" : "IfNotPresent";
    }

    private static void probe(ObjectNode probe) {
        Tree.putIfAbsent(probe, "timeoutSeconds", 1);
        Tree.putIfAbsent(probe, "periodSeconds", 10);
        Tree.putIfAbsent(probe, "successThreshold", 1);
        Tree.putIfAbsent(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode http) {
            Tree.putIfAbsent(http, "scheme", "HTTP");
            Tree.putIfAbsent(http, "path", "/");
        }
    }

    private static void service(ObjectNode spec) {
        Tree.putIfAbsent(spec, "type", "ClusterIP");
        Tree.putIfAbsent(spec, "sessionAffinity", "None");
        Tree.putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
        for (JsonNode port : spec.path("ports")) {
            Tree.putIfAbsent((ObjectNode) port, "protocol", "TCP");
            if (!port.hasNonNull("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        }
    }

    private static void secret(ObjectNode secret) {
        Tree.putIfAbsent(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Tree.child(secret, "data");
            plain.properties()
                    .forEach(e -> data.put(
                            e.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
