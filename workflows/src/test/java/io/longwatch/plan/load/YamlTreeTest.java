package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.SMALL;
import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTreeTest {
    private final Problems problems = new Problems("plan.yaml");

    private Located.Mapping read(String text) {
        return (Located.Mapping) YamlTree.read(text, problems).orElseThrow();
    }

    private static Located.Scalar scalar(Located.Mapping map, String key) {
        return (Located.Scalar) map.get(key).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | Integer",
                "5000000000 | Long",
                "2.5 | Double",
                "1e3 | Double",
                "0x1F | Integer",
                "true | Boolean",
                "yes | String",
                "1:30 | String",
                "2026-01-01 | String",
                "\"5\" | String",
                "v2.0 | String"
            })
    void numbersAndTextAreKeptApart(String written, String type) {
        // When
        Located.Scalar scalar = scalar(read("a: " + written), "a");

        // Then
        assertThat(scalar.value().getClass().getSimpleName()).isEqualTo(type);
    }

    @Test
    void keysAndValuesKnowTheirPlaces() {
        // When
        Located.Mapping map = read("a:\n  - b: c\n");

        // Then
        Located.Sequence list = (Located.Sequence) map.get("a").orElseThrow();
        Located.Entry entry = ((Located.Mapping) list.items().get(0)).entries().get(0);
        assertThat(entry.key().position()).isEqualTo(new Position(2, 5));
        assertThat(entry.value().position()).isEqualTo(new Position(2, 8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a: one two ~ two ~ 1 ~ 8",
                "a: 'it''s two' ~ two ~ 1 ~ 11",
                "a: \"x\\n\\u0041 two\" ~ two ~ 1 ~ 15",
                "a: |`  one`   two ~ two ~ 3 ~ 4",
                "a: >-`  one`  two ~ two ~ 3 ~ 3",
                "a: |2-`   one`  two ~ two ~ 3 ~ 3",
                "a: one`  two ~ two ~ 2 ~ 3",
                "a: '\uD83C\uDF89 two' ~ two ~ 1 ~ 7"
            })
    void everyCharacterOfAValueIsFoundInTheDocument(String written, String wanted, int line, int column) {
        // Given
        Located.Scalar scalar = scalar(read(written.replace('`', '\n')), "a");

        // When
        Position found = ScalarPositions.at(scalar, scalar.text().indexOf(wanted));

        // Then
        assertThat(found).isEqualTo(new Position(line, column));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:`\tb: c | plan.yaml:2:1: this is not YAML: a tab stands where spaces belong; indent with spaces",
                "a: \"open`b: c | plan.yaml:1:4: this is not YAML: a quote is opened and never closed",
                "a: \"open`b: \"c\" | plan.yaml:2:5: this is not YAML: this fits nothing above it; align it with its"
                        + " neighbours, or close a quote that was opened above",
                "a: b: c | plan.yaml:1:5: this is not YAML: a colon stands where none may; quote the text before it,"
                        + " or mend the indentation",
                "a: [1, 2 | plan.yaml:1:9: this is not YAML: a comma or the closing bracket is missing before this;"
                        + " quote text that holds ? : , or brackets",
                "a: 1`--- `b: 2 | plan.yaml:2:1: a second document begins here; a plan is one document",
                "'' | plan.yaml:1:1: the plan is empty; begin with apiVersion: longwatch.io/v1",
                "- a | plan.yaml:1:1: a plan is a map that begins with apiVersion, found a list"
            })
    void whatIsNoPlanIsSaidInPlainWords(String written, String problem) {
        // When / Then
        assertThat(plans().problems(written.replace('`', '\n'))).contains(problem);
    }

    @Test
    void aControlCharacterIsRefusedWhereItStands() {
        // When / Then
        assertThat(plans().problems("a: 1\nb: \u0007"))
                .containsExactly("plan.yaml:2:4: a character that text does not hold (U+0007); remove it");
    }

    @Test
    void aPlanOfFiftyMegabytesIsRefused() {
        // When / Then
        assertThat(plans().problems("#".repeat(50 << 20)))
                .containsExactly("plan.yaml:1:1: a plan is at most 1 MiB, found 50.0 MiB; keep manifests and queries"
                        + " in files of their own");
    }

    @Test
    void deepNestingIsRefused() {
        // When / Then
        assertThat(plans().problems("a: " + "[".repeat(100_000)))
                .containsExactly("plan.yaml:1:33: nested deeper than 30 levels; a plan needs far fewer");
    }

    @Test
    void aBombOfAliasesStaysSmall() {
        // Given
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";

        // When / Then
        assertThat(plans().problems(bomb + SMALL))
                .contains("plan.yaml:1:4: anchor &a is not read in a plan; remove it")
                .contains("plan.yaml:2:8: alias *a is not read in a plan; write the value out");
    }

    @Test
    void aNewerPlanAsksForANewerLongwatchAndForNothingElse() {
        // When / Then
        assertThat(plans().problems(SMALL.replace("io/v1", "io/v2") + "novelty: true\n"))
                .containsExactly("plan.yaml:1:13: apiVersion is 'longwatch.io/v2'; this Longwatch reads"
                        + " longwatch.io/v1, upgrade it to read a newer plan");
    }

    @Test
    void aMisspeltKindHidesNothingElse() {
        // When / Then
        assertThat(plans().problems(SMALL.replace("ReleasePlan", "RelesePlan") + "novelty: true\n"))
                .satisfiesExactlyInAnyOrder(
                        kind -> assertThat(kind).contains("kind is 'RelesePlan'", "did you mean 'ReleasePlan'?"),
                        field -> assertThat(field).contains("unknown field 'novelty'"));
    }

    @Test
    void anotherKindIsNoPlan() {
        // When / Then
        assertThat(plans().problems("kind: Deployment\n"))
                .containsExactly(
                        "plan.yaml:1:1: the plan has no apiVersion; add apiVersion: longwatch.io/v1",
                        "plan.yaml:1:7: kind is 'Deployment'; this Longwatch reads ReleasePlan");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreRead() {
        // When / Then
        assertThat(plans().problems("\uFEFF" + SMALL.replace("\n", "\r\n"))).isEmpty();
        assertThat(plans().problems(SMALL.replace("redis.ping", "redis.pin").replace("\n", "\r\n")))
                .containsExactly(
                        "plan.yaml:13:15: step 'cache': unknown action 'redis.pin'; did you mean 'redis.ping'?");
    }
}
