package io.longwatch.starter;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong and what to do, without a stack trace unless {@code --debug} is given. */
final class ShortMessages implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (debug(command)) {
            problem.printStackTrace(err);
        }
        if (problem instanceof CommandFailed failed) {
            err.println(command.getCommandSpec().qualifiedName() + ": " + failed.getMessage());
            String hint = failed.hint();
            if (hint != null) {
                err.println("  " + hint.replace("\n", System.lineSeparator() + "  "));
            }
            return failed.exitCode();
        }
        return unforeseen(problem, command);
    }

    /** What nobody thought of, errors of the runtime included. */
    static int unforeseen(Throwable problem, CommandLine command) {
        PrintWriter err = command.getErr();
        if (Interrupt.hasCome()) {
            return Interrupt.EXIT; // what broke, broke because things are being closed
        }
        err.println(command.getCommandSpec().qualifiedName() + ": "
                + Objects.requireNonNullElse(
                        problem.getMessage(), problem.getClass().getSimpleName()));
        err.println("  This was not foreseen; --debug shows where it happened.");
        return Exit.UNFORESEEN;
    }

    static boolean debug(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof Longwatch longwatch && longwatch.debug();
    }

    /** The command that a word names which stands one too early: {@code validate} of {@code plan validate}. */
    private static Optional<CommandLine> elsewhere(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String word = unmatched.getUnmatched().get(0);
        return problem.getCommandLine().getSubcommands().values().stream()
                .map(group -> group.getSubcommands().get(word))
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + problem.getMessage());
        Optional<CommandLine> elsewhere = elsewhere(problem);
        if (elsewhere.isPresent()) {
            err.println("  Did you mean: " + elsewhere.get().getCommandSpec().qualifiedName() + "?");
        } else if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("  Usage: " + command.getHelp().synopsis(0).strip());
        }
        err.println("  " + command.getCommandSpec().qualifiedName() + " --help says more.");
        return Exit.USAGE;
    }
}
