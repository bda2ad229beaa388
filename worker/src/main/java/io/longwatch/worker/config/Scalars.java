package io.longwatch.worker.config;

import io.longwatch.activities.decision.SshPublicKey;
import io.longwatch.activities.http.Addresses;
import io.longwatch.plan.load.Nearest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain values of a configuration: from the text that stands there to the type that is wanted. */
final class Scalars {
    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(Object.class, text -> text),
            Map.entry(int.class, Scalars::small),
            Map.entry(Integer.class, Scalars::small),
            Map.entry(long.class, Scalars::whole),
            Map.entry(Long.class, Scalars::whole),
            Map.entry(double.class, Scalars::number),
            Map.entry(Double.class, Scalars::number),
            Map.entry(boolean.class, Scalars::truth),
            Map.entry(Boolean.class, Scalars::truth),
            Map.entry(Duration.class, Scalars::duration),
            Map.entry(URI.class, Scalars::uri),
            Map.entry(Path.class, Path::of),
            Map.entry(SshPublicKey.class, SshPublicKey::parse));

    private Scalars() {}

    /** How a type is read from text, or null if it is no plain value. */
    static @Nullable Function<String, Object> reader(Class<?> type) {
        return type.isEnum() ? text -> constant(type, text) : READERS.get(type);
    }

    private static Long whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }

    private static Integer small(String text) {
        long value = whole(text);
        if (value != (int) value) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return (int) value;
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches() && matcher.group(1).length() < 10) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write 90s, 10m or 2h", e);
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + Addresses.shown(text) + "' is no address", e);
        }
    }

    private static Object constant(Class<?> type, String text) {
        List<?> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream()
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = words.indexOf(text.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not one of " + String.join(", ", words) + Nearest.hint(text, words));
        }
        return constants.get(index);
    }
}
