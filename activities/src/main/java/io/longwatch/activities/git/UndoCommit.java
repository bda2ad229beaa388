package io.longwatch.activities.git;

import io.longwatch.actions.git.CommitBefore;
import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.CommitResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Takes a step's commit back by a commit that goes forward, if its files are still as the step left them. */
final class UndoCommit {
    private final ActionContext context;
    private final Remote remote;
    private final StepRef step;
    private final CommitInput input;

    UndoCommit(ActionContext context, Remote remote, StepRef step, CommitInput input) {
        this.context = context;
        this.remote = remote;
        this.step = step;
        this.input = input;
    }

    UndoResult run(CommitBefore before, @Nullable CommitResult result) throws IOException {
        if (result != null && !result.changed()) {
            return UndoResult.notNeeded("the step made no commit on " + input.branch());
        }
        ObjectId bound = ObjectId.fromString(before.head());
        RevCommit head = remote.fetch(input.branch(), bound);
        var history = new History(remote.local(), head, bound);
        Optional<RevCommit> last = history.lastOf(step);
        if (last.isEmpty()) {
            return UndoResult.notNeeded("no commit of the step is on " + input.branch());
        }
        RevCommit found = last.get();
        return Trailers.isUndoOf(found.getFullMessage(), step)
                ? UndoResult.reverted("reverted already by " + Shas.shortened(found))
                : revert(found, head, history);
    }

    private UndoResult revert(RevCommit own, RevCommit head, History history) throws IOException {
        var made = new Tree(remote.local(), own);
        var former = new Tree(remote.local(), remote.local().parseCommit(own.getParent(0)));
        var live = new Tree(remote.local(), head);
        Map<String, ObjectId> restore = new TreeMap<>();
        for (var file : made.differencesTo(former).entrySet()) {
            Optional<ObjectId> now = live.file(file.getKey());
            if (now.equals(made.file(file.getKey()))) {
                restore.put(file.getKey(), file.getValue());
            } else if (!now.equals(Optional.of(file.getValue()))) {
                return UndoResult.refused(file.getKey() + " was changed after " + Shas.shortened(own) + " by "
                        + history.lastChangeOf(file.getKey(), own) + "; revert it by hand");
            }
        }
        if (restore.isEmpty()) {
            return UndoResult.notNeeded("the files of " + Shas.shortened(own) + " are as they were before it");
        }
        var branch = new Branch(remote, input.branch(), head, context.invocation());
        ObjectId reverted = branch.commit(
                inserter -> restore,
                Trailers.undone(message(own), step),
                Author.of(input.authorOrDefault(), context.clock()));
        return UndoResult.reverted(Shas.shortened(own) + " reverted by " + Shas.shortened(reverted));
    }

    private static String message(RevCommit own) {
        return "Revert \"" + own.getShortMessage() + "\"\n\nThis reverts commit " + own.name() + ".";
    }
}
