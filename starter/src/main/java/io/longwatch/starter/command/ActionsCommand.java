package io.longwatch.starter.command;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.ActionSpec;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.actions.ActionPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longwatch actions [NAME]}. */
@Command(
        name = "actions",
        description = "Shows the actions that a plan can use: what each does, takes, finds and undoes.")
public final class ActionsCommand extends BaseCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "An action, or a system for all of its actions.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public ActionsCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        List<ActionSpec> found = found();
        if (asJson) {
            json(found.stream().map(ActionPage::of).toList());
        } else if (name != null && found.size() == 1) {
            ActionPage.of(found.get(0)).lines().forEach(out()::println);
        } else {
            list(found);
        }
        return Exit.DONE;
    }

    private List<ActionSpec> found() {
        String wanted = name;
        List<ActionSpec> all = List.copyOf(Contracts.catalog().all());
        if (wanted == null) {
            return all;
        }
        List<ActionSpec> found = all.stream()
                .filter(action ->
                        action.name().equals(wanted) || action.system().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw CommandFailed.usage("no action '" + wanted + "'", hint(all, wanted));
        }
        return found;
    }

    private static String hint(List<ActionSpec> all, String wanted) {
        String system = wanted.replaceFirst("\\..*", "");
        List<String> alike = all.stream()
                .map(ActionSpec::name)
                .filter(one -> one.startsWith(system + ".") || one.endsWith(wanted.replaceFirst(".*\\.", ".")))
                .toList();
        return alike.isEmpty() ? "longwatch actions lists them." : "There are " + String.join(", ", alike) + ".";
    }

    private void list(List<ActionSpec> actions) {
        int width = actions.stream()
                .mapToInt(action -> action.name().length())
                .max()
                .orElse(0);
        String system = "";
        for (ActionSpec action : actions) {
            if (!action.system().equals(system)) {
                out().println((system.isEmpty() ? "" : System.lineSeparator()) + action.systemTitle());
                system = action.system();
            }
            out().printf(
                            "  %-" + width + "s  %-12s  %s%n",
                            action.name(),
                            ActionPage.effect(action.effect()),
                            action.title());
        }
    }
}
