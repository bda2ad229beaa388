package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.Failures;
import org.jspecify.annotations.Nullable;

/** Grafana's data sources, by uid, by name, or the default one; listed only when a panel does not say the uid. */
final class DataSources {
    private final GrafanaApi api;
    private @Nullable JsonNode all;

    DataSources(GrafanaApi api) {
        this.api = api;
    }

    /** The reference a query needs, from what a panel says: an object with a uid, a name, or nothing. */
    ObjectNode of(JsonNode said) {
        if (said.hasNonNull("uid")) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("uid", said.path("uid").asText());
        }
        for (JsonNode source : list()) {
            boolean named = said.isTextual()
                    && (source.path("name").asText().equals(said.asText())
                            || source.path("uid").asText().equals(said.asText()));
            boolean usual = !said.isTextual() && source.path("isDefault").asBoolean();
            if (named || usual) {
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("uid", source.path("uid").asText())
                        .put("type", source.path("type").asText());
            }
        }
        throw Failures.notFound(
                said.isTextual()
                        ? "Grafana has no data source '" + said.asText() + "', which a panel names"
                        : "Grafana has no default data source, which a panel relies on");
    }

    private JsonNode list() {
        JsonNode known = all;
        if (known == null) {
            known = api.dataSources();
            all = known;
        }
        return known;
    }
}
