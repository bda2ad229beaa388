package io.longwatch.activities.git;

import io.longwatch.actions.git.CommitBefore;
import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.CommitResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.StepRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** Replaces literals on a branch by one commit that carries the step's key. */
final class Commit {
    private static final int NAMED = 20;

    private final ActionContext context;
    private final Remote remote;
    private final StepRef step;
    private final CommitInput input;
    private final CommitBefore before;

    Commit(ActionContext context, Remote remote, StepRef step, CommitInput input, CommitBefore before) {
        this.context = context;
        this.remote = remote;
        this.step = step;
        this.input = input;
        this.before = before;
    }

    CommitResult run() throws IOException {
        ObjectId bound = ObjectId.fromString(before.head());
        RevCommit head = remote.fetch(input.branch(), bound);
        Optional<RevCommit> own = new History(remote.local(), head, bound)
                .lastOf(step)
                .filter(commit -> Trailers.isMadeBy(commit.getFullMessage(), step));
        return own.isPresent() ? found(own.get()) : commit(head);
    }

    /** The commit of an earlier attempt; its figures are those of its parent's files. */
    private CommitResult found(RevCommit own) throws IOException {
        RevCommit parent = remote.local().parseCommit(own.getParent(0));
        return result(own, edits(parent));
    }

    private CommitResult commit(RevCommit head) throws IOException {
        Edits edits = edits(head);
        if (edits.contents().isEmpty()) {
            return new CommitResult(
                    head.name(),
                    false,
                    0,
                    List.of(),
                    "nothing to change, " + input.branch() + " is at " + Shas.shortened(head));
        }
        var branch = new Branch(remote, input.branch(), head, context.invocation());
        ObjectId commit = branch.commit(
                edits::insert,
                Trailers.made(input.message(), step),
                Author.of(input.authorOrDefault(), context.clock()));
        return result(commit, edits);
    }

    private Edits edits(RevCommit commit) throws IOException {
        return Edits.of(input.replacements(), remote.local(), commit);
    }

    private CommitResult result(ObjectId commit, Edits edits) {
        List<String> files = edits.files();
        return new CommitResult(
                commit.name(),
                true,
                edits.replaced(),
                files.subList(0, Math.min(files.size(), NAMED)),
                edits.replaced() + (edits.replaced() == 1 ? " replacement in " : " replacements in ")
                        + (files.size() == 1 ? files.get(0) : files.size() + " files") + ", committed as "
                        + Shas.shortened(commit));
    }
}
