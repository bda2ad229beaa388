package io.longwatch.plan.load;

import io.longwatch.plan.Durations;
import io.longwatch.plan.Parameter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of parameters as JSON would hold them: a duration is ISO-8601 text. */
final class ParameterValues {
    private ParameterValues() {}

    /** From the command line. */
    static Optional<Object> fromText(Parameter.Type type, String text) {
        return type == Parameter.Type.STRING ? Optional.of(text) : typed(type, text, PlainScalar.valueOf(text));
    }

    /** From the plan. */
    static Optional<Object> fromScalar(Parameter.Type type, Located.Scalar scalar) {
        return type == Parameter.Type.STRING
                ? Optional.ofNullable(scalar.value()).filter(String.class::isInstance)
                : typed(type, scalar.text(), type == Parameter.Type.DURATION ? scalar.text() : scalar.value());
    }

    private static Optional<Object> typed(Parameter.Type type, String text, @Nullable Object value) {
        return switch (type) {
            case STRING -> Optional.of(text);
            case INTEGER ->
                Optional.ofNullable(value)
                        .filter(v -> v instanceof Number && !(v instanceof Double || v instanceof BigInteger));
            case NUMBER ->
                Optional.ofNullable(value)
                        .filter(v -> v instanceof Number number && Double.isFinite(number.doubleValue()))
                        .map(n -> ((Number) n).doubleValue());
            case BOOLEAN -> Optional.ofNullable(value).filter(Boolean.class::isInstance);
            case DURATION -> Durations.parseBounded(text).map(Duration::toString);
        };
    }

    static String words(Parameter.Type type) {
        return switch (type) {
            case STRING -> "text; put it in quotes";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case DURATION -> "a duration; write 90s, 10m or 2h";
        };
    }
}
