package io.longwatch.activities.git;

import io.longwatch.activities.connection.Invocation;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** A branch of the remote that gets one commit on top of the head that was read. */
final class Branch {
    private final Remote remote;
    private final String name;
    private final RevCommit head;
    private final Invocation invocation;

    Branch(Remote remote, String name, RevCommit head, Invocation invocation) {
        this.remote = remote;
        this.name = name;
        this.head = head;
        this.invocation = invocation;
    }

    /** Contents that a commit is made of, written by the inserter it is given. */
    interface Contents {
        Map<String, ObjectId> insert(ObjectInserter inserter) throws IOException;
    }

    /** Commits and pushes, if the branch still has the head that was read. */
    ObjectId commit(Contents contents, String message, PersonIdent author) throws IOException {
        ObjectId commit;
        try (ObjectInserter inserter = remote.local().newObjectInserter()) {
            var builder = new CommitBuilder();
            builder.setTreeId(new Tree(remote.local(), head).with(contents.insert(inserter), inserter));
            builder.setParentId(head);
            builder.setAuthor(author);
            builder.setCommitter(author);
            builder.setMessage(message);
            commit = inserter.insert(builder);
            inserter.flush();
        }
        invocation.renew("pushing " + Shas.shortened(commit) + " to " + name);
        GitFailures.check(remote.push("refs/heads/" + name, commit, head), remote.connection());
        return commit;
    }
}
