package io.longwatch.starter;

import io.longwatch.starter.temporal.Connector;
import io.longwatch.starter.temporal.ProfileConnector;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What commands know of the world they run in.
 *
 * @param clock the time
 * @param zone the person's time zone
 * @param environment environment variables
 * @param user the person's login
 * @param connector the way to Temporal
 * @param terminal whether standard output is a terminal
 */
public record World(
        Clock clock, ZoneId zone, Map<String, String> environment, String user, Connector connector, boolean terminal) {
    public World {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** This process's. */
    public static World here() {
        Map<String, String> environment = System.getenv();
        return new World(
                Clock.systemUTC(),
                ZoneId.systemDefault(),
                environment,
                environment.getOrDefault("LONGWATCH_USER", System.getProperty("user.name", "unknown")),
                new ProfileConnector(environment),
                isTerminal(environment));
    }

    // Java cannot tell a terminal from a pipe for output alone; the launcher can, and says so.
    private static boolean isTerminal(Map<String, String> environment) {
        return environment.getOrDefault("LONGWATCH_TERMINAL", "").equals("1");
    }

    /** This world as seen from standard error, where progress is shown; only the launcher can tell what that is. */
    public World progress() {
        boolean shown = environment.getOrDefault("LONGWATCH_PROGRESS", "").equals("terminal");
        return new World(clock, zone, environment, user, connector, shown);
    }

    /** Whether output is coloured: https://no-color.org. */
    public boolean colour() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb();
    }

    /** Whether the terminal can move its cursor. */
    public boolean canRedraw() {
        return terminal && !dumb();
    }

    /** Whether someone can be asked: standard input is a terminal, as the launcher says. */
    public boolean canAsk() {
        return environment.getOrDefault("LONGWATCH_INPUT", "").equals("terminal");
    }

    private boolean dumb() {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Whether the terminal shows more than ASCII. */
    public boolean unicode() {
        String locale = environment.getOrDefault(
                "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
        return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
    }

    /** Columns of the terminal. */
    public int columns() {
        return number("COLUMNS", 100);
    }

    /** Lines of the terminal. */
    public int lines() {
        return number("LINES", 40);
    }

    private int number(String variable, int otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : otherwise;
    }
}
