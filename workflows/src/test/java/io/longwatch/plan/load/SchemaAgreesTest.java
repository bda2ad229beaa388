package io.longwatch.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.plan.schema.PlanSchema;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema offers the fields that the loader reads, part by part. */
class SchemaAgreesTest {
    private static final Pattern KNOWN = Pattern.compile("unknown field 'zzzzzzzzzzzz' in .*; fields are (.*)");
    private static final JsonNode SCHEMA = PlanSchema.of(SamplePlans.CATALOG);

    private static final String PLAN = """
            source: {boxes: 1 /source}
            parameters: {p: {type: string, default: x /parameter}}
            ask: {deadline: 1h /ask}
            contacts: [{name: A, reach: b /contact}]
            phases:
              - id: deploy
                title: Deploy
                at: T
                /phase
                steps:
                  - {id: a, title: A, uses: redis.ping, retry: {attempts: 1 /retry} /step}
                  - {id: b, title: A, gate: {approvals: [{role: x /approval}] /gate} /gateStep}
                  - {id: c, title: A, item: {role: x /item} /itemStep}
                  - {parallel: {id: d, title: A /head}, steps: [] /parallel}
            soak:
              checks: [{id: e, title: A, uses: redis.ping /check}]
              windows: [{id: f, title: A, duration: 1h /window}]
              /soak
            rollback:
              restore: [{id: g, title: A, undoes: a, uses: redis.ping /restore}]
              verify: [{id: h, title: A, uses: redis.ping /verify}]
              /rollback
            signOffs: [{id: i, title: A, role: x /signOff}]
            /plan
            """;

    @ParameterizedTest
    @CsvSource({
        "plan, ''",
        "source, /properties/source",
        "parameter, /properties/parameters/additionalProperties",
        "ask, /properties/ask",
        "contact, /properties/contacts/items",
        "phase, /properties/phases/items",
        "step, /$defs/actionStep",
        "retry, /$defs/actionStep/properties/retry",
        "gateStep, /$defs/gateStep",
        "gate, /$defs/gateStep/properties/gate",
        "approval, /$defs/gateStep/properties/gate/properties/approvals/items",
        "itemStep, /$defs/itemStep",
        "item, /$defs/itemStep/properties/item",
        "parallel, /$defs/parallelSteps",
        "head, /$defs/parallelSteps/properties/parallel",
        "soak, /properties/soak",
        "check, /$defs/check",
        "window, /properties/soak/properties/windows/items",
        "rollback, /properties/rollback",
        "restore, /$defs/restore",
        "verify, /$defs/rollbackStep",
        "signOff, /properties/signOffs/items"
    })
    void bothKnowTheSameFields(String part, String pointer) {
        // Given
        String inFlow = PLAN.replaceAll("(?<=\\S) /" + part + "(?=[}])", ", zzzzzzzzzzzz: 1");
        String broken = inFlow.replaceAll("(?m)^( *)/" + part + "$", "$1zzzzzzzzzzzz: 1")
                .replaceAll("(?m)^ */[a-zA-Z]+$", "")
                .replaceAll(" /[a-zA-Z]+(?=[}])", "");

        // When
        List<String> problems = BrokenPlansTest.problemsOf(broken);

        // Then
        JsonNode properties = SCHEMA.at(pointer + "/properties");
        var offered = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(offered::add);
        assertThat(problems.stream().filter(p -> KNOWN.matcher(p).find()))
                .singleElement()
                .satisfies(problem -> {
                    Matcher matcher = KNOWN.matcher(problem);
                    assertThat(matcher.find()).isTrue();
                    assertThat(Arrays.asList(matcher.group(1).split(", ")))
                            .containsExactlyInAnyOrderElementsOf(offered);
                });
    }
}
