package io.longwatch.starter;

import io.longwatch.starter.command.ActionsCommand;
import io.longwatch.starter.command.ListCommand;
import io.longwatch.starter.command.ReportCommand;
import io.longwatch.starter.command.StartCommand;
import io.longwatch.starter.command.StatusCommand;
import io.longwatch.starter.command.WatchCommand;
import io.longwatch.starter.decide.AbortCommand;
import io.longwatch.starter.decide.ApproveCommand;
import io.longwatch.starter.decide.AttestCommand;
import io.longwatch.starter.decide.ConfirmCommand;
import io.longwatch.starter.decide.ExtendCommand;
import io.longwatch.starter.decide.HoldCommand;
import io.longwatch.starter.decide.PauseCommand;
import io.longwatch.starter.decide.RejectCommand;
import io.longwatch.starter.decide.ReleaseCommand;
import io.longwatch.starter.decide.RescheduleCommand;
import io.longwatch.starter.decide.ResumeCommand;
import io.longwatch.starter.decide.RetryCommand;
import io.longwatch.starter.decide.RevokeCommand;
import io.longwatch.starter.decide.RollbackCommand;
import io.longwatch.starter.decide.SignCommand;
import io.longwatch.starter.decide.SkipCommand;
import io.longwatch.starter.decide.WaiveCommand;
import io.longwatch.starter.docs.DocsCommand;
import io.longwatch.starter.plan.PlanCommand;
import io.longwatch.starter.process.DoctorCommand;
import io.longwatch.starter.process.WorkerCommand;
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
        footer = {"", "longwatch COMMAND --help says more of a command."},
        subcommands = {
            StartCommand.class,
            ListCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            ReportCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            RevokeCommand.class,
            SignCommand.class,
            AttestCommand.class,
            ConfirmCommand.class,
            WaiveCommand.class,
            RetryCommand.class,
            SkipCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            HoldCommand.class,
            ReleaseCommand.class,
            ExtendCommand.class,
            RescheduleCommand.class,
            AbortCommand.class,
            RollbackCommand.class,
            DocsCommand.class,
            PlanCommand.class,
            ActionsCommand.class,
            WorkerCommand.class,
            DoctorCommand.class
        })
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

    /** The command line of this jar, in a world. */
    public static CommandLine commandLine(World world) {
        return commandLine(world, List.of(InSandboxJar.Demo.class, InSandboxJar.Rehearse.class));
    }

    /**
     * A command line with commands of its own besides those that every one has.
     *
     * @param world what commands know of the world
     * @param own classes of commands; each has a constructor without arguments or one that takes the world
     */
    public static CommandLine commandLine(World world, List<Class<?>> own) {
        ShortMessages messages = new ShortMessages();
        CommandLine commandLine = new CommandLine(Longwatch.class, new Commands(world));
        own.forEach(commandLine::addSubcommand);
        addHelp(commandLine);
        return commandLine
                .setExecutionExceptionHandler(messages)
                .setParameterExceptionHandler(messages)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        world.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    }

    private static void addHelp(CommandLine commandLine) {
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

    /** Whether the command is the worker's; options may stand ahead of it. */
    static boolean isWorker(String[] args) {
        return Arrays.stream(args)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .equals(Optional.of("worker"));
    }

    public static void main(String[] args) {
        quieten(args);
        if (WarmUp.asked(args)) {
            WarmUp.run(() -> commandLine(World.here()), WarmUp.commands());
            return;
        }
        System.exit(run(commandLine(World.here()), args));
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
