package io.longwatch.starter.temporal;

import io.longwatch.decision.Decision;
import io.longwatch.starter.CommandFailed;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a release that runs, so that a newer one can take its place. */
public final class Succession {
    private static final Duration LONGEST_END = Duration.ofMinutes(3);

    private final Releases releases;

    public Succession(Connection connection) {
        this.releases = new Releases(connection);
    }

    /**
     * Tells a release to give its place up, and waits until it has; nothing is done to one that has ended.
     *
     * @throws CommandFailed if it refuses, or does not end in time
     */
    public void end(FoundRelease former, Decision decision) {
        if (!former.open()) {
            return;
        }
        WorkflowStub workflow = releases.stub(former);
        new Decisions(releases).send(former, decision);
        try {
            workflow.getResult(LONGEST_END.toSeconds(), TimeUnit.SECONDS, Object.class);
        } catch (TimeoutException e) {
            throw CommandFailed.unreachable(
                    former.id() + " gives its place up but has not ended yet",
                    "Start again, with --supersedes, once longwatch status " + former.id() + " shows its end.",
                    e);
        } catch (WorkflowFailedException endedAsItsRecordSays) {
            return;
        }
    }
}
