package io.longwatch.starter;

import io.longwatch.actions.Contracts;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/** Exercises common commands, so that the launcher can build a class-data archive from which later runs start faster. */
public final class WarmUp {
    private static final String ARGUMENT = "--warm-up";

    private WarmUp() {}

    /** Whether a process was started to warm up. */
    public static boolean asked(String[] args) {
        return args.length == 1 && args[0].equals(ARGUMENT);
    }

    /** Commands of the jar that has no others; a process that does not warm up need not load what they speak of. */
    static List<List<String>> commands() {
        return List.of(
                List.of("--help"),
                List.of("status", "--help"),
                List.of("actions", Contracts.catalog().all().iterator().next().name()),
                List.of("plan", "list"),
                List.of("list", "--address", "127.0.0.1:1"));
    }

    /**
     * Runs commands and forgets what they print and how they end.
     *
     * @param commandLine makes the command line for the words of each
     * @param commands their words
     */
    public static void run(Function<String[], CommandLine> commandLine, List<List<String>> commands) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        for (List<String> command : commands) {
            String[] words = command.toArray(String[]::new);
            int exitCode =
                    commandLine.apply(words).setOut(nowhere).setErr(nowhere).execute(words);
            nowhere.println(exitCode);
        }
    }
}
