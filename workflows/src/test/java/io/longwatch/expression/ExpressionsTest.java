package io.longwatch.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.SimpleType;
import io.longwatch.actions.Contracts;
import io.longwatch.plan.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    private final Expressions expressions = Expressions.shared();

    record Figure(@Nullable Double value, Duration age, Instant at) {}

    @Test
    void aStepIdKeepsItsHyphens() {
        // Given
        Map<String, Object> scope = Map.of("steps", Map.of("second_node", Map.of("result", Map.of("ready", 2L))));

        // When / Then
        assertThat(expressions.holds("steps.second-node.result.ready == 2", scope))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "math.abs(-2); 2",
                "math.round(1.6); 2",
                "math.ceil(1.2); 2",
                "math.sqrt(4.0); 2",
                "math.bitAnd(6, 3); 2",
                "math.greatest(1, 2); 2",
                "strings.quote('a'); \"a\"",
                "'a,b'.split(',').join('-'); a-b",
                "'Ab'.lowerAscii().charAt(1); b",
                "[1, 2].map(n, n * 2).exists(n, n == 4); true",
                "size({'a': 1}) + int('1') + duration('1h').getHours(); 3",
                "timestamp('2026-01-02T03:04:05Z').getMinutes(); 4",
                "'abc'.matches('a.c') ? 'yes' : 'no'; yes",
                "has({'a': 1}.a) && !false || 1 in [2]; true"
            })
    void functionsOfEveryKindAreKnownToTheCheckAndGiveTheirValue(String source, String expected) {
        // When
        var problems = Expressions.check(source, ScopeTypes.of(List.of()), Optional.empty());
        Object value = expressions.evaluate(source, Map.of());

        // Then
        assertThat(problems).isEmpty();
        assertThat(Values.toText(value)).isEqualTo(expected);
    }

    @Test
    void aStringLiteralIsLeftAlone() {
        // When / Then
        assertThat(expressions.evaluate("'steps.second-node'", Map.of())).isEqualTo("steps.second-node");
    }

    @Test
    void aMisspeltFieldIsFoundWhereItStands() {
        // Given
        var types = ScopeTypes.of(List.of())
                .withSteps(Map.of("ping-cache", Contracts.catalog().get("redis.ping")), List.of());

        // When
        var problems =
                Expressions.check("steps.ping-cache.result.answr == 'PONG'", types, Optional.of(SimpleType.BOOL));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("undefined field 'answr'");
            assertThat(problem.column()).isEqualTo("steps.ping-cache.result".length());
        });
    }

    @Test
    void aConditionMustGiveTrueOrFalse() {
        // Given
        var types = ScopeTypes.of(List.of(new Parameter("n", Parameter.Type.INTEGER, null, null, 1, null)));

        // When / Then
        assertThat(Expressions.check("params.n + 1", types, Optional.of(SimpleType.BOOL)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("gives int, wanted bool"));
    }

    @Test
    void nullableFiguresCompareWithNumbersAndNull() {
        // Given
        var types = ScopeTypes.of(List.of()).withResult(Figure.class);
        var scope = new LinkedHashMap<String, Object>();
        scope.put("result", Values.toCel(new Figure(null, Duration.ofSeconds(90), Instant.EPOCH)));

        // When / Then
        for (String condition : List.of("result.value == null", "result.age > duration('1m')")) {
            assertThat(Expressions.check(condition, types, Optional.of(SimpleType.BOOL)))
                    .isEmpty();
            assertThat(expressions.holds(condition, scope)).isTrue();
        }
        assertThat(Expressions.check("result.value < 100", types, Optional.of(SimpleType.BOOL)))
                .isEmpty();
        assertThatThrownBy(() -> expressions.holds("result.value < 100", scope)).isInstanceOf(ExpressionFailed.class);
    }

    @Test
    void aWholePlaceholderKeepsItsTypeAndTextIsFilledIn() {
        // Given
        Map<String, Object> scope = Map.of("params", Map.of("n", 2L, "host", "api"));

        // When
        Object resolved = Template.resolve(
                Map.of("replicas", "${{ params.n }}", "url", "https://${{ params.host }}/${{ params.n }}"),
                expressions,
                scope);

        // Then
        assertThat(resolved).isEqualTo(Map.of("replicas", 2L, "url", "https://api/2"));
    }

    @Test
    void aLiteralTextComesBackAsItWas() {
        // Given
        String text = "a ${{ b }} c ${{d}}";

        // When / Then
        assertThat(Template.resolve(Template.literal(text), expressions, Map.of()))
                .isEqualTo(text);
    }
}
