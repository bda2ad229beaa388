package io.longwatch.activities.git;

import io.longwatch.actions.git.TagInput;
import io.longwatch.actions.git.TagResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;

/** Makes an annotated tag where there is none. */
final class Tag {
    private final ActionContext context;
    private final Remote remote;
    private final StepRef step;
    private final TagInput input;

    Tag(ActionContext context, Remote remote, StepRef step, TagInput input) {
        this.context = context;
        this.remote = remote;
        this.step = step;
        this.input = input;
    }

    TagResult run() throws IOException {
        String target = RemoteTag.targetOf(remote, input.tag());
        if (target == null) {
            make();
            return result(false);
        }
        if (!target.equals(input.sha())) {
            throw Failures.refused("tag " + input.tag() + " names commit " + target + ", not " + input.sha()
                    + "; a tag is never moved: choose another name");
        }
        return result(true);
    }

    private void make() throws IOException {
        RevCommit commit = remote.fetchCommit(input.sha());
        var builder = new TagBuilder();
        builder.setTag(input.tag());
        builder.setObjectId(commit);
        builder.setTagger(Author.of(input.authorOrDefault(), context.clock()));
        builder.setMessage(Trailers.made(input.message(), step));
        ObjectId tag;
        try (ObjectInserter inserter = remote.local().newObjectInserter()) {
            tag = inserter.insert(builder);
            inserter.flush();
        }
        context.invocation().renew("pushing tag " + input.tag());
        GitFailures.check(remote.push(RemoteTag.reference(input.tag()), tag, ObjectId.zeroId()), remote.connection());
    }

    private TagResult result(boolean alreadyThere) {
        String summary = input.tag()
                + (alreadyThere ? " was already at " : " at ")
                + Shas.shortened(ObjectId.fromString(input.sha()));
        return new TagResult(input.tag(), input.sha(), alreadyThere, summary);
    }
}
