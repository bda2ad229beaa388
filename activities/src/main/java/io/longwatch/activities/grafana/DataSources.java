package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Grafana's data sources, by uid, by name, or the default one; listed only when a panel does not say the uid. */
final class DataSources {
    /** Of a panel each of whose queries names its own. */
    private static final String MIXED = "-- Mixed --";

    /** Another panel's answers, and Grafana's own figures: what its pages show, which its API cannot be asked for. */
    private static final Set<String> OF_PAGES = Set.of("-- Dashboard --", "-- Grafana --", "grafana");

    private final GrafanaApi api;
    private @Nullable JsonNode all;

    DataSources(GrafanaApi api) {
        this.api = api;
    }

    /** What a query says of its source, or else its panel; nothing where neither does. */
    static JsonNode said(JsonNode target, JsonNode panel) {
        JsonNode own = target.path("datasource");
        JsonNode said = name(own).isEmpty() || name(own).equals(MIXED) ? panel.path("datasource") : own;
        return name(said).equals(MIXED) ? MissingNode.getInstance() : said;
    }

    /** Whether queries of a source can be asked for over the API. */
    static boolean canBeAsked(JsonNode said) {
        return !OF_PAGES.contains(name(said));
    }

    /** The uid of a source, or the name by which older dashboards refer to it; empty where it has neither. */
    private static String name(JsonNode said) {
        return said.isTextual() ? said.asText() : said.path("uid").asText("");
    }

    /** The reference a query needs, from what a panel says: an object with a uid, a name, or nothing. */
    Optional<ObjectNode> of(JsonNode said) {
        if (said.hasNonNull("uid")) {
            return Optional.of(JsonNodeFactory.instance
                    .objectNode()
                    .put("uid", said.path("uid").asText()));
        }
        for (JsonNode source : list()) {
            boolean named = said.isTextual()
                    && (source.path("name").asText().equals(said.asText())
                            || source.path("uid").asText().equals(said.asText()));
            boolean usual = !said.isTextual() && source.path("isDefault").asBoolean();
            if (named || usual) {
                return Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("uid", source.path("uid").asText())
                        .put("type", source.path("type").asText()));
            }
        }
        return Optional.empty();
    }

    /** What is wrong where {@link #of} finds none. */
    static String missing(JsonNode said) {
        return said.isTextual()
                ? "Grafana has no data source '" + said.asText() + "'"
                : "Grafana has no default data source";
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
