package io.longwatch.starter.plan;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.schema.PlanSchema;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import picocli.CommandLine.Command;

/** {@code longwatch plan schema}. */
@Command(name = "schema", description = "Prints the JSON Schema of plans, for editors.")
public final class SchemaPlan extends BaseCommand {
    public SchemaPlan(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        json(PlanSchema.of(Contracts.catalog()));
        return Exit.DONE;
    }
}
