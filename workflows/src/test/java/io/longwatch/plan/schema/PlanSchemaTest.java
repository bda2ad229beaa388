package io.longwatch.plan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.plan.load.SamplePlans;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanSchemaTest {
    private final JsonNode schema = PlanSchema.of(SamplePlans.CATALOG);

    @Test
    void everyActionIsOfferedWithItsTitle() {
        assertThat(schema.at("/$defs/action/oneOf").findValuesAsText("const"))
                .containsExactly("redis.info", "redis.ping", "sample.read", "sample.scale", "sample.send");
        assertThat(schema.at("/$defs/action/oneOf/1/title").asText()).isEqualTo("Ping Redis");
    }

    @Test
    void inputsComeFromTheirRecords() {
        JsonNode inputs = schema.at("/$defs/inputs.sample.read");
        assertThat(inputs.at("/properties/name/description").asText()).isEqualTo("What to read");
        assertThat(inputs.get("required").toString()).isEqualTo("[\"name\"]");
        assertThat(inputs.at("/properties/depth/anyOf/0/enum").toString())
                .isEqualTo("[\"SHALLOW\",\"shallow\",\"DEEP\",\"deep\"]");
        assertThat(inputs.at("/properties/cases/anyOf/0/items/required").toString())
                .isEqualTo("[\"path\",\"status\"]");
    }

    @Test
    void whatAnActionTakesFollowsFromItsName() {
        JsonNode rule = schema.at("/$defs/actionStep/allOf/2");
        assertThat(rule.at("/if/properties/uses/const").asText()).isEqualTo("sample.read");
        assertThat(rule.at("/then/properties/with/$ref").asText()).isEqualTo("#/$defs/inputs.sample.read");
        assertThat(rule.at("/then/required/0").asText()).isEqualTo("with");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> lost = new ArrayList<>();
        for (String reference : schema.findValuesAsText("$ref")) {
            if (schema.at(reference.substring(1)).isMissingNode()) {
                lost.add(reference);
            }
        }
        assertThat(lost).isEmpty();
    }
}
