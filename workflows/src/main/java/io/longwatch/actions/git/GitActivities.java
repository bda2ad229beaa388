package io.longwatch.actions.git;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads, commits to and tags a remote Git repository. Nothing of it stays on the worker: each method works in a folder
 * of its own that it removes.
 *
 * <p>Commits and tags carry the trailer {@code Longwatch-Step: <release>/<step>}, under which a repeated attempt finds
 * what an earlier one has done. Fails with {@code Unavailable} (retried) when the remote cannot be reached, {@code
 * Conflict} (retried) when the branch moved meanwhile, {@code Denied} when the remote refuses the credentials or a rule
 * of it the push, {@code NotFound} when branch, commit or file do not exist.
 */
@ActionSystem(name = "git", title = "Git")
@ActivityInterface
public interface GitActivities {

    /** Reads the head of the branch. */
    @ActivityMethod(name = "git.commit.before")
    CommitBefore commitBefore(StepRef step, CommitInput input);

    /** Edits, commits and pushes; finds its own commit by the trailer. */
    @Action(
            title = "Commit replacements",
            description = "Replaces literals in files of a branch and pushes that as one commit whose trailer names the"
                    + " step. A place where the replacement already stands counts as done; if nothing is left to"
                    + " change, no commit is made and the result is the head of the branch. Fails when a literal"
                    + " is found in fewer places than minReplacements. Its undo is a revert commit, refused when a"
                    + " file was changed since.",
            effect = Effect.KEYED,
            attempt = "PT5M",
            timeout = "PT15M",
            example = """
                    connection: source
                    branch: main
                    message: Prefix the metrics with auren_
                    replacements:
                      - {path: bridge.py, literal: 'Counter("webhook_', with: 'Counter("auren_webhook_'}
                    """)
    @ActivityMethod(name = "git.commit")
    CommitResult commit(StepRef step, CommitInput input, CommitBefore before);

    /** Pushes a revert of the step's commit if every file of it is still as the step left it. */
    @ActivityMethod(name = "git.commit.undo")
    UndoResult undoCommit(StepRef step, CommitInput input, CommitBefore before, @Nullable CommitResult result);

    /** Reads what the tag names already. */
    @ActivityMethod(name = "git.tag.before")
    TagBefore tagBefore(StepRef step, TagInput input);

    /** Makes and pushes an annotated tag, which is never moved. */
    @Action(
            title = "Tag a commit",
            description = "Pushes an annotated tag at a commit. A tag that names that commit already is left as it is;"
                    + " one that names another commit is refused, since a tag is never moved. Its undo removes"
                    + " the tag only if this step made it; leave it in place once an image was built from it.",
            effect = Effect.KEYED,
            attempt = "PT2M",
            timeout = "PT10M",
            example = """
                    connection: source
                    tag: v2.0
                    sha: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
                    message: Production release
                    """)
    @ActivityMethod(name = "git.tag")
    TagResult tag(StepRef step, TagInput input, TagBefore before);

    /** Removes the tag if this step made it and it still names the same commit. */
    @ActivityMethod(name = "git.tag.undo")
    UndoResult undoTag(StepRef step, TagInput input, TagBefore before, @Nullable TagResult result);

    /** Counts the commits that touch a path since an instant or a commit. */
    @Action(
            title = "Look for commits",
            description = "Counts the commits of a branch that touch a path since an instant or a commit, and names the"
                    + " newest. No commit is no failure: expect result.count >= 1 where one is needed.",
            attempt = "PT5M",
            timeout = "PT15M",
            example = "{connection: source, branch: main, path: docs/runbook.md, since: 2026-11-21T06:00:00Z}")
    @ActivityMethod(name = "git.log")
    LogResult log(StepRef step, LogInput input);
}
