package io.longwatch.starter.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longwatch plan}. */
@Command(
        name = "plan",
        description = "Looks at plans: whether they are valid, what they do, which boxes they answer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ValidatePlan.class,
            ShowPlan.class,
            CoveragePlan.class,
            SchemaPlan.class,
            ListPlans.class,
        })
public final class PlanCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "name one of validate, show, coverage, schema, list");
    }
}
