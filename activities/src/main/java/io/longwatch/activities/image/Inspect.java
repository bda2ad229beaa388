package io.longwatch.activities.image;

import io.longwatch.actions.image.InspectInput;
import io.longwatch.actions.image.InspectResult;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an image says of itself. */
final class Inspect {
    private static final int LABELS = 20;
    private static final int PLATFORMS = 10;
    private static final int LONGEST = 120;

    private final Registry registry;
    private final InspectInput input;

    Inspect(Registry registry, InspectInput input) {
        this.registry = registry;
        this.input = input;
    }

    InspectResult run() throws IOException {
        String host = registry.connection().host();
        Reference reference = Reference.parse(input.image(), host);
        Image image = Image.look(registry, reference, input.platformOrDefault())
                .orElseThrow(() -> Failures.notFound("image " + reference + " is not in registry " + host));
        String platform = image.platforms().size() == 1 ? image.platforms().get(0) : input.platformOrDefault();
        return new InspectResult(
                image.digest(),
                host + "/" + reference.repository() + "@" + image.digest(),
                first(image.platforms()),
                platform.substring(platform.indexOf('/') + 1),
                bounded(image.labels()),
                image.revision(),
                image.created(),
                image.sizeBytes(),
                Digests.shortened(image.digest()) + " for " + platform + ", " + image.mebibytes());
    }

    private static List<String> first(List<String> platforms) {
        return platforms.subList(0, Math.min(platforms.size(), PLATFORMS));
    }

    private static Map<String, String> bounded(Map<String, String> labels) {
        Map<String, String> bounded = new TreeMap<>();
        labels.entrySet().stream()
                .limit(LABELS)
                .forEach(label -> bounded.put(shortened(label.getKey()), shortened(label.getValue())));
        return bounded;
    }

    private static String shortened(String text) {
        return Bounded.cut(text, LONGEST);
    }
}
