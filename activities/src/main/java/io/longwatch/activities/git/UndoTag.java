package io.longwatch.activities.git;

import io.longwatch.actions.git.TagBefore;
import io.longwatch.actions.git.TagInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Removes a tag that the step made and that still names the step's commit. */
final class UndoTag {
    private final Invocation invocation;
    private final Remote remote;
    private final StepRef step;
    private final TagInput input;

    UndoTag(Invocation invocation, Remote remote, StepRef step, TagInput input) {
        this.invocation = invocation;
        this.remote = remote;
        this.step = step;
        this.input = input;
    }

    UndoResult run(TagBefore before) throws IOException {
        if (before.target() != null) {
            return UndoResult.notNeeded("tag " + input.tag() + " was there before the step");
        }
        Ref live = RemoteTag.read(remote, input.tag());
        if (live == null) {
            return invocation.announced(removing())
                    ? UndoResult.reverted("tag " + input.tag() + " removed")
                    : UndoResult.notNeeded("there is no tag " + input.tag());
        }
        if (!isOwn(live)) {
            return UndoResult.refused("tag " + input.tag() + " was not made by this step; it stays");
        }
        if (!RemoteTag.targetOf(live).equals(input.sha())) {
            return UndoResult.refused("tag " + input.tag() + " names commit " + RemoteTag.targetOf(live) + " now, not "
                    + input.sha() + "; it stays");
        }
        return remove(live);
    }

    private boolean isOwn(Ref live) throws IOException {
        remote.fetchReference(live.getName());
        try (RevWalk walk = new RevWalk(remote.local())) {
            RevObject object = walk.parseAny(live.getObjectId());
            return object instanceof RevTag tag && Trailers.isMadeBy(tag.getFullMessage(), step);
        }
    }

    private String removing() {
        return "removing tag " + input.tag();
    }

    private UndoResult remove(Ref live) throws IOException {
        invocation.renew(removing());
        GitFailures.check(remote.push(live.getName(), ObjectId.zeroId(), live.getObjectId()), remote.connection());
        return UndoResult.reverted("tag " + input.tag() + " removed");
    }
}
