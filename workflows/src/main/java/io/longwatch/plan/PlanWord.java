package io.longwatch.plan;

import java.util.Locale;

/** How a plan writes a choice. */
public final class PlanWord {
    private PlanWord() {}

    /** {@code rollForward} for ROLL_FORWARD. */
    public static String of(Enum<?> choice) {
        StringBuilder word = new StringBuilder();
        for (String part : choice.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return word.toString();
    }
}
