package io.longwatch.actions.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What assembles an image. */
public enum Builder {
    /** Layers of files put together without any engine; the same commit gives the same digest. */
    @JsonProperty("jib")
    JIB,
    /** {@code docker build} and {@code docker push} of a Dockerfile. */
    @JsonProperty("docker")
    DOCKER,
    /** {@code podman build} and {@code podman push} of a Dockerfile. */
    @JsonProperty("podman")
    PODMAN,
    /** {@code buildah build} and {@code buildah push} of a Dockerfile. */
    @JsonProperty("buildah")
    BUILDAH
}
