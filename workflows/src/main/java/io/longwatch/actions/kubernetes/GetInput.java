package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.get}. */
public record GetInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "API version of the kind; v1 by default", example = "apps/v1") @Nullable
        String apiVersion,

        @Field(value = "Kind of the objects; never Secret", example = "Pod")
        String kind,

        @Field(value = "Name of one object that must exist; all that the selector finds by default", example = "bridge")
        @Nullable
        String name,

        @Field(value = "Label selector; all of the namespace by default", example = "app=biometric-bridge") @Nullable
        String selector,

        @Field(
                value = "Values wanted of each object: a name, and a JSON pointer into the object; none by default",
                example = "{ready: /status/readyReplicas}")
        @Nullable
        Map<String, String> outputs) {
    public GetInput {
        Names.checkOptional("namespace", namespace);
        Names.checkOptional("name", name);
        if (kind == null || kind.isBlank()) {
            throw new IllegalArgumentException("kind is empty; write Pod, Deployment, Service ...");
        }
        if ("Secret".equalsIgnoreCase(kind) || "secrets".equalsIgnoreCase(kind)) {
            throw new IllegalArgumentException(
                    "kind Secret is never read here; use secret.check, which shows no value");
        }
        if (name != null && selector != null) {
            throw new IllegalArgumentException(
                    "name '" + name + "' and selector '" + selector + "' stand together; write one");
        }
        outputs = outputs == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        outputs.forEach(GetInput::checkPointer);
    }

    private static void checkPointer(String output, String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("outputs." + output + " '" + pointer
                    + "' is no JSON pointer; write /status/readyReplicas or the like");
        }
    }

    public String apiVersionOrDefault() {
        return apiVersion == null ? "v1" : apiVersion;
    }

    public Map<String, String> outputsOrNone() {
        return outputs == null ? Map.of() : outputs;
    }
}
