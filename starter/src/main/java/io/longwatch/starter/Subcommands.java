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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of a command line, in the order in which help lists them. */
final class Subcommands {
    private static final List<Class<?>> EVERYWHERE = List.of(
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
            DoctorCommand.class);

    private final List<Class<?>> types;

    /** Those of every command line, and then some of its own. */
    Subcommands(List<Class<?>> own) {
        types = Stream.concat(EVERYWHERE.stream(), own.stream()).toList();
    }

    /**
     * Adds what a process that was started with a word needs: the command of that name, or all if there is none, or
     * without a word what help lists of each. Of the thirty picocli would else read all options, which takes longer than
     * most commands.
     */
    void addTo(CommandLine commandLine, Optional<String> word) {
        if (word.isEmpty()) {
            types.forEach(type -> commandLine.addSubcommand(new CommandLine(listed(type))));
            return;
        }
        types.stream()
                .filter(type -> annotation(type).name().equals(word.get()))
                .findFirst()
                .ifPresentOrElse(type -> add(type, commandLine), () -> types.forEach(type -> add(type, commandLine)));
    }

    private static void add(Class<?> type, CommandLine commandLine) {
        CommandLine subcommand = new CommandLine(type, commandLine.getFactory());
        Longwatch.addHelp(subcommand);
        commandLine.addSubcommand(subcommand);
    }

    private static CommandSpec listed(Class<?> type) {
        Command command = annotation(type);
        CommandSpec spec = CommandSpec.create().name(command.name());
        spec.usageMessage().description(command.description()).hidden(command.hidden());
        return spec;
    }

    private static Command annotation(Class<?> type) {
        return type.getAnnotation(Command.class);
    }
}
