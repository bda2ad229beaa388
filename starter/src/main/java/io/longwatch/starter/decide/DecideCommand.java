package io.longwatch.starter.decide;

import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Verb;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.starter.identity.Identity;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Decisions;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb said to a release: finds the release, sends the decision, tells what became of it. */
abstract class DecideCommand extends BaseCommand {
    private final Verb verb;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final Identity identity = new Identity();

    @Parameters(index = "0", paramLabel = "ID", description = "Release id.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the record.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Prints what became of it as JSON.")
    private boolean asJson;

    DecideCommand(World world, Verb verb) {
        super(world);
        this.verb = verb;
    }

    final Verb verb() {
        return verb;
    }

    final @Nullable String reason() {
        return reason;
    }

    /** What is decided: the parts that differ from verb to verb. */
    abstract Saying saying(Releases releases, FoundRelease release);

    /**
     * Parts of a decision.
     *
     * @param subject what it speaks of
     * @param digest digest of what was shown, or null
     * @param evidence what the person shows for it, or null
     * @param argument a time or a duration, or null
     */
    record Saying(
            String subject,
            @Nullable String digest,
            @Nullable String evidence,
            @Nullable String argument) {
        static Saying toRelease(@Nullable String argument) {
            return new Saying(Decision.RELEASE, null, null, argument);
        }
    }

    @Override
    public Integer call() {
        try (Connection connection = server.connect(world().connector())) {
            Releases releases = new Releases(connection);
            FoundRelease release = releases.find(id);
            Decision decision = identity.signed(small(decision(saying(releases, release))), world());
            DecisionOutcome outcome = new Decisions(releases).send(release, decision);
            if (asJson) {
                json(outcome);
            } else {
                out().println(outcome.message());
            }
            return Exit.DONE;
        }
    }

    private static Decision small(Decision decision) {
        decision.tooLarge().ifPresent(why -> {
            throw CommandFailed.usage("the decision is too large: " + why, null);
        });
        return decision;
    }

    private Decision decision(Saying saying) {
        return new Decision(
                "cli-" + UUID.randomUUID(),
                id,
                saying.subject(),
                saying.digest(),
                verb,
                identity.login(world()),
                Decision.CLI,
                world().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                reason,
                saying.evidence(),
                saying.argument(),
                null);
    }
}
