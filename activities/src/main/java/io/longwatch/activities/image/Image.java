package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image as its registry has it.
 *
 * @param digest what its reference stands for: a list's digest where there is one
 * @param platforms platforms it is made for
 * @param labels labels of the platform looked into
 * @param created when it says it was made
 * @param sizeBytes bytes of its configuration and layers as stored
 */
record Image(
        String digest,
        List<String> platforms,
        Map<String, String> labels,
        @Nullable Instant created,
        long sizeBytes) {
    /** Label that names the commit an image was built from. */
    static final String REVISION = "org.opencontainers.image.revision";
    /** Label that names the step that built it. */
    static final String STEP = "longwatch.io/step";

    private static final double MIB = 1024.0 * 1024;

    /** Looks an image up; of a list, into the manifest for the platform, or the first if there is none. */
    static Optional<Image> look(Registry registry, Reference image, String platform) throws IOException {
        Optional<Manifest> found = registry.manifest(image.repository(), image.reference());
        return found.isEmpty() ? Optional.empty() : Optional.of(read(registry, image, found.get(), platform));
    }

    private static Image read(Registry registry, Reference image, Manifest top, String platform) throws IOException {
        Manifest manifest = top.isList() ? entry(registry, image, top, platform) : top;
        if (manifest.configuration().isEmpty()) {
            throw Failures.failed("image " + image + " has no configuration; it is no container image", null);
        }
        JsonNode configuration = registry.configuration(image.repository(), manifest.configuration());
        String own = configuration.path("os").asText("unknown") + "/"
                + configuration.path("architecture").asText("unknown");
        Map<String, String> labels = new TreeMap<>();
        configuration
                .path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new Image(
                top.digest(),
                top.isList() ? top.platforms() : List.of(own),
                labels,
                instant(configuration.path("created").asText()),
                manifest.size());
    }

    private static Manifest entry(Registry registry, Reference image, Manifest list, String platform)
            throws IOException {
        String digest = list.entryFor(platform)
                .orElseThrow(() -> Failures.notFound("image " + image + " is not made for " + platform + " but for "
                        + String.join(", ", list.platforms())));
        return registry.manifest(image.repository(), digest)
                .orElseThrow(() -> Failures.notFound(
                        "image " + image + " lists " + digest + ", which its registry does not have"));
    }

    private static @Nullable Instant instant(String written) {
        try {
            return written.isEmpty() ? null : Instant.parse(written);
        } catch (DateTimeParseException unusual) {
            return null;
        }
    }

    @Nullable
    String revision() {
        return labels.get(REVISION);
    }

    String mebibytes() {
        return String.format(Locale.ROOT, "%.1f MiB", sizeBytes / MIB);
    }
}
