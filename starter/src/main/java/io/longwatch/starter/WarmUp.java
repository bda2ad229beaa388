package io.longwatch.starter;

import io.longwatch.actions.Contracts;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs through what commands need, for the classes' sake: the launcher keeps them in an archive, from which later runs
 * start in a fraction of the time.
 */
final class WarmUp {
    static final String ARGUMENT = "--warm-up";

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("status", "--help"),
            List.of("actions", Contracts.catalog().all().iterator().next().name()),
            List.of("plan", "list"),
            List.of("list", "--address", "127.0.0.1:1"));

    private WarmUp() {}

    static void run() {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        for (List<String> command : COMMANDS) {
            CommandLine commandLine =
                    Longwatch.commandLine(World.here()).setOut(nowhere).setErr(nowhere);
            int exitCode = commandLine.execute(command.toArray(String[]::new));
            nowhere.println(exitCode);
        }
    }
}
