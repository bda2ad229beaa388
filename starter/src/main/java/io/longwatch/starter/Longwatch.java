package io.longwatch.starter;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Longwatch. */
@Command(
        name = "longwatch",
        description = "Runs a production release from code preparation to the end of its soak.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done as asked",
            "1:the release, plan or check fell short",
            "2:wrong usage or an invalid file, each problem as file:line:column: message",
            "3:a needed system cannot be reached, or a decision was sent but not judged",
            "4:refused: not authorised, gate closed, wrong digest, another release runs",
            "70:unforeseen, a mistake in Longwatch itself; --debug shows where"
        },
        footer = {"", "longwatch COMMAND --help says more of a command."})
public final class Longwatch implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows where in the program a problem happened.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "name a command");
    }

    /** The command line of this jar, in a world, that reads these words. */
    public static CommandLine commandLine(World world, String[] args) {
        return commandLine(world, List.of(InSandboxJar.Demo.class, InSandboxJar.Rehearse.class), args);
    }

    /**
     * A command line with commands of its own besides those that every one has.
     *
     * @param world what commands know of the world
     * @param own classes of commands; each has a constructor without arguments or one that takes the world
     * @param args the words that it will read; of the commands it has those that they are about
     */
    public static CommandLine commandLine(World world, List<Class<?>> own, String[] args) {
        ShortMessages messages = new ShortMessages();
        CommandLine commandLine = new CommandLine(Longwatch.class, new Commands(world));
        addHelp(commandLine);
        new Subcommands(own).addTo(commandLine, word(args));
        return commandLine
                .setExecutionExceptionHandler(messages)
                .setParameterExceptionHandler(messages)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        world.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    }

    /** To a command and those below it. */
    static void addHelp(CommandLine commandLine) {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(Version::lines);
        commandLine.getSubcommands().values().forEach(Longwatch::addHelp);
    }

    /** Before anything logs: the worker logs as its own configuration says; a command speaks for itself. */
    public static void quieten(String[] args) {
        if (isWorker(args)) {
            LogLines.choose(System.getenv());
        } else if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/longwatch/starter/logback-commands.xml");
        }
    }

    /** Whether the command is the worker's. */
    static boolean isWorker(String[] args) {
        return word(args).equals(Optional.of("worker"));
    }

    /** The command's name; options may stand ahead of it. */
    private static Optional<String> word(String[] args) {
        return Arrays.stream(args).filter(argument -> !argument.startsWith("-")).findFirst();
    }

    public static void main(String[] args) {
        quieten(args);
        if (WarmUp.asked(args)) {
            WarmUp.run(words -> commandLine(World.here(), words), WarmUp.commands());
            return;
        }
        System.exit(run(commandLine(World.here(), args), args));
    }

    /** Runs a process's command line on its standard streams; gives the exit code. */
    public static int run(CommandLine commandLine, String[] args) {
        return execute(
                commandLine
                        .setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true))
                        .setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true)),
                args);
    }

    /** Runs a command line; gives the exit code, whatever happens. */
    static int execute(CommandLine commandLine, String[] args) {
        try {
            return commandLine.execute(args);
        } catch (Error beyondCommands) {
            // No stack or no memory left: the code of a release that fell short would be a lie.
            if (ShortMessages.debug(commandLine)) {
                beyondCommands.printStackTrace(commandLine.getErr());
            }
            return ShortMessages.unforeseen(beyondCommands, commandLine);
        }
    }
}
