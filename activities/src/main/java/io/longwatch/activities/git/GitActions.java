package io.longwatch.activities.git;

import io.longwatch.actions.git.CommitBefore;
import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.CommitResult;
import io.longwatch.actions.git.GitActivities;
import io.longwatch.actions.git.LogInput;
import io.longwatch.actions.git.LogResult;
import io.longwatch.actions.git.TagBefore;
import io.longwatch.actions.git.TagInput;
import io.longwatch.actions.git.TagResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Git for an environment's steps: finds the connection, runs the action on it, names what went wrong. */
public final class GitActions implements GitActivities, Probing {
    private final ActionContext context;

    public GitActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public CommitBefore commitBefore(StepRef step, CommitInput input) {
        return on(input.connection(), remote -> {
            ObjectId head = remote.head(input.branch());
            if (head == null) {
                throw new Remote.MissingReferenceException("branch '" + input.branch() + "'");
            }
            return new CommitBefore(head.name());
        });
    }

    @Override
    public CommitResult commit(StepRef step, CommitInput input, CommitBefore before) {
        ActionContext attempt = context.ofThisAttempt();
        return on(input.connection(), remote -> new Commit(attempt, remote, step, input, before).run());
    }

    @Override
    public UndoResult undoCommit(StepRef step, CommitInput input, CommitBefore before, @Nullable CommitResult result) {
        ActionContext attempt = context.ofThisAttempt();
        return on(input.connection(), remote -> new UndoCommit(attempt, remote, step, input).run(before, result));
    }

    @Override
    public TagBefore tagBefore(StepRef step, TagInput input) {
        return on(input.connection(), remote -> new TagBefore(RemoteTag.targetOf(remote, input.tag())));
    }

    @Override
    public TagResult tag(StepRef step, TagInput input, TagBefore before) {
        ActionContext attempt = context.ofThisAttempt();
        return on(input.connection(), remote -> new Tag(attempt, remote, step, input).run());
    }

    @Override
    public UndoResult undoTag(StepRef step, TagInput input, TagBefore before, @Nullable TagResult result) {
        Invocation attempt = context.invocation();
        return on(input.connection(), remote -> new UndoTag(attempt, remote, step, input).run(before));
    }

    @Override
    public LogResult log(StepRef step, LogInput input) {
        return on(input.connection(), remote -> new Log(remote, input).run());
    }

    @Override
    public String kind() {
        return GitConnection.KIND;
    }

    @Override
    public String probe(String connection) {
        return on(
                connection,
                remote -> remote.references().size() + " references at "
                        + remote.connection().url());
    }

    /** What an action does with a remote. */
    private interface Work<R> {
        R on(Remote remote) throws IOException;
    }

    private <R> R on(@Nullable String name, Work<R> work) {
        GitConnection connection = context.connections().get(GitConnection.class, name);
        try (Progress progress = new Progress(context.invocation());
                Remote remote = Remote.open(connection, progress)) {
            return work.on(remote);
        } catch (Secret.SecretMissing e) {
            throw e.failure("token of repository " + connection.url());
        } catch (IOException e) {
            throw GitFailures.of(connection, e);
        }
    }
}
