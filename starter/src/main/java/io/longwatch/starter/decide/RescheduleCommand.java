package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.DeployTime;
import io.longwatch.starter.World;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longwatch reschedule ID --deploy-at TIME}. */
@Command(name = "reschedule", description = "Moves T; what has aged by then is looked at again.")
public final class RescheduleCommand extends OrderCommand {
    @Option(names = "--deploy-at", paramLabel = "TIME", required = true, description = DeployTime.FORMS)
    private String deployAt = "";

    public RescheduleCommand(World world) {
        super(world, Verb.RESCHEDULE);
    }

    @Override
    String argument() {
        Instant time = DeployTime.parse(deployAt, world());
        err().println("T = " + DeployTime.words(time, world()));
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
