package io.longwatch.actions.image;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code image.build}. */
public record BuildInput(
        @ConnectionName("image")
        @Field(
                value = "Connection of kind image, the registry; the environment's only one by default",
                example = "registry")
        @Nullable
        String connection,

        @ConnectionName("git")
        @Field(value = "Connection of kind git, the source; the environment's only one by default", example = "source")
        @Nullable
        String source,

        @Field(value = "Commit to build, in full", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        String sha,

        @Field(value = "Name of the image within the registry", example = "auren/biometric-bridge")
        String image,

        @Field(value = "Tag to push it under", example = "v2.0")
        String tag,

        @Field(value = "jib, docker, podman or buildah; default jib", example = "jib") @Nullable
        Builder builder,

        @Field(value = "Image to build on (jib only); an empty one by default", example = "eclipse-temurin:17-jre")
        @Nullable
        String base,

        @Field("Layers, from the first to the last (jib only)") @Nullable
        List<Layer> layers,

        @Field(value = "Entrypoint (jib only)", example = "[java, -jar, /app/bridge.jar]") @Nullable
        List<String> entrypoint,

        @Field(value = "Environment variables of the image (jib only); never secrets", example = "{LANG: C.UTF-8}")
        @Nullable
        Map<String, String> env,

        @Field("Further labels") @Nullable Map<String, String> labels,

        @Field(value = "User to run as (jib only)", example = "1000:1000") @Nullable
        String user,

        @Field(value = "Platform, default linux/amd64", example = "linux/amd64") @Nullable
        String platform,

        @Field(value = "Folder of the repository to build in (not jib), default its root", example = "services/bridge")
        @Nullable
        String context,

        @Field(value = "Dockerfile within that folder (not jib), default Dockerfile", example = "Dockerfile") @Nullable
        String dockerfile) {
    public BuildInput {
        if (sha == null || !sha.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("sha '" + sha + "' is no commit; write all 40 hexadecimal digits");
        }
        if (image == null || !image.matches("[a-z0-9]+([._/-]+[a-z0-9]+)*")) {
            throw new IllegalArgumentException("image '" + image
                    + "' is no name within a registry; write lower case without host and tag, as team/service");
        }
        if (tag == null || !tag.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException(
                    "tag '" + tag + "' is no tag of an image; write letters, digits, '.', '_' and '-'");
        }
        if (platform != null && !platform.matches("[a-z0-9]+/[a-z0-9]+")) {
            throw new IllegalArgumentException("platform '" + platform + "' is unknown; write os/architecture");
        }
        layers = layers == null ? null : List.copyOf(layers);
        Builder with = builder == null ? Builder.JIB : builder;
        if (with == Builder.JIB) {
            refuse(with, "context", context);
            refuse(with, "dockerfile", dockerfile);
            checkLayers(layers);
        } else {
            refuse(with, "base", base);
            refuse(with, "layers", layers);
            refuse(with, "entrypoint", entrypoint);
            refuse(with, "env", env);
            refuse(with, "user", user);
        }
        checkWithin("context", context);
        checkWithin("dockerfile", dockerfile);
    }

    /** What a builder does not read would be left out silently; null and what is empty count as not written. */
    private static void refuse(Builder with, String field, @Nullable Object value) {
        boolean empty = (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (value != null && !empty) {
            String builder = with.name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(field + " does not go with the builder " + builder + ", which reads "
                    + (with == Builder.JIB ? "no Dockerfile" : "it from the Dockerfile")
                    + "; remove it, or let it be null where the builder is " + builder);
        }
    }

    private static void checkLayers(@Nullable List<Layer> layers) {
        if (layers == null || layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "layers is empty; name what to put in the image, or another builder that has a Dockerfile");
        }
    }

    private static void checkWithin(String field, @Nullable String path) {
        if (path != null && (path.isBlank() || path.startsWith("/") || path.contains(".."))) {
            throw new IllegalArgumentException(
                    field + " '" + path + "' is outside of the repository; write a relative path without '..'");
        }
    }

    public Builder builderOrDefault() {
        return builder == null ? Builder.JIB : builder;
    }

    public List<Layer> layersOrNone() {
        return layers == null ? List.of() : layers;
    }

    public Map<String, String> envOrNone() {
        return env == null ? Map.of() : env;
    }

    public Map<String, String> labelsOrNone() {
        return labels == null ? Map.of() : labels;
    }

    public String platformOrDefault() {
        return platform == null ? "linux/amd64" : platform;
    }

    public String contextOrDefault() {
        return context == null ? "." : context;
    }

    public String dockerfileOrDefault() {
        return dockerfile == null ? "Dockerfile" : dockerfile;
    }
}
