package io.longwatch.starter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the worker's log lines look: as {@value #VARIABLE} says, else text where standard error, which they go to, is a
 * terminal, and JSON for anything else.
 */
public final class LogLines {
    static final String VARIABLE = "LONGWATCH_LOG";
    private static final String PROPERTY = "longwatch.log";
    private static final String JSON = "json";
    private static final String TEXT = "text";

    private LogLines() {}

    /** Chooses, before anything logs. */
    static void choose(Map<String, String> environment) {
        System.setProperty(PROPERTY, of(environment));
    }

    static String of(Map<String, String> environment) {
        boolean terminal = environment.getOrDefault("LONGWATCH_PROGRESS", "").equals("terminal");
        String named = environment.getOrDefault(VARIABLE, "");
        return List.of(JSON, TEXT).contains(named) ? named : terminal ? TEXT : JSON;
    }

    /** What is wrong with the choice, if anything. */
    public static Optional<String> problem(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return named.isEmpty() || List.of(JSON, TEXT).contains(named)
                ? Optional.empty()
                : Optional.of(VARIABLE + ": '" + named + "' is neither json nor text");
    }
}
