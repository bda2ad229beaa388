package io.longwatch.plan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.plan.load.SamplePlans;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanSchemaTest {
    @Test
    void everyActionIsOfferedWithItsTitle() {
        // When
        JsonNode actions = PlanSchema.of(SamplePlans.CATALOG).at("/$defs/action/oneOf");

        // Then
        assertThat(actions.findValuesAsText("const"))
                .containsExactly("redis.info", "redis.ping", "sample.read", "sample.scale", "sample.send");
        assertThat(actions.at("/1/title").asText()).isEqualTo("Ping Redis");
    }

    @Test
    void inputsComeFromTheirRecords() {
        // When
        JsonNode inputs = PlanSchema.of(SamplePlans.CATALOG).at("/$defs/inputs.sample.read");

        // Then
        assertThat(inputs.at("/properties/name/description").asText()).isEqualTo("What to read");
        assertThat(inputs.get("required").toString()).isEqualTo("[\"name\"]");
        assertThat(inputs.at("/properties/depth/anyOf/0/enum").toString())
                .isEqualTo("[\"SHALLOW\",\"shallow\",\"DEEP\",\"deep\"]");
        assertThat(inputs.at("/properties/cases/anyOf/0/items/required").toString())
                .isEqualTo("[\"path\",\"status\"]");
    }

    @Test
    void whatAnActionTakesFollowsFromItsName() {
        // When
        JsonNode rule = PlanSchema.of(SamplePlans.CATALOG).at("/$defs/actionStep/allOf/2");

        // Then
        assertThat(rule.at("/if/properties/uses/const").asText()).isEqualTo("sample.read");
        assertThat(rule.at("/then/properties/with/$ref").asText()).isEqualTo("#/$defs/inputs.sample.read");
        assertThat(rule.at("/then/required/0").asText()).isEqualTo("with");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        // Given
        JsonNode schema = PlanSchema.of(SamplePlans.CATALOG);

        // When
        List<String> lost = new ArrayList<>();
        for (String reference : schema.findValuesAsText("$ref")) {
            if (schema.at(reference.substring(1)).isMissingNode()) {
                lost.add(reference);
            }
        }

        // Then
        assertThat(lost).isEmpty();
    }
}
