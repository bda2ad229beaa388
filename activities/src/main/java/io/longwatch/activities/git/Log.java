package io.longwatch.activities.git;

import io.longwatch.actions.git.LogInput;
import io.longwatch.actions.git.LogResult;
import io.longwatch.text.Bounded;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Counts commits. The whole branch is fetched: at the edge of a part of it every file would look new. */
final class Log {
    private static final int LONGEST = 120;

    private final Remote remote;
    private final LogInput input;

    Log(Remote remote, LogInput input) {
        this.remote = remote;
        this.input = input;
    }

    LogResult run() throws IOException {
        List<RevCommit> commits = commits(remote.fetchWhole(input.branch()));
        if (commits.isEmpty()) {
            return new LogResult(0, null, null, null, null, "no commit" + where());
        }
        RevCommit latest = commits.get(0);
        String author = shortened(latest.getAuthorIdent().getName());
        return new LogResult(
                commits.size(),
                latest.name(),
                author,
                shortened(latest.getShortMessage()),
                Instant.ofEpochSecond(latest.getCommitTime()),
                commits.size() + (commits.size() == 1 ? " commit" : " commits") + where() + "; newest "
                        + Shas.shortened(latest) + " by " + author);
    }

    private List<RevCommit> commits(RevCommit head) throws IOException {
        try (RevWalk walk = new RevWalk(remote.local())) {
            walk.markStart(walk.parseCommit(head));
            if (input.sinceSha() != null) {
                exclude(walk, input.sinceSha());
            }
            if (input.path() != null) {
                walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(input.path()), TreeFilter.ANY_DIFF));
            }
            List<RevCommit> found = new ArrayList<>();
            for (RevCommit commit : walk) {
                if (input.since() == null
                        || commit.getCommitTime() >= input.since().getEpochSecond()) {
                    found.add(commit);
                }
            }
            return found;
        }
    }

    private void exclude(RevWalk walk, String sha) throws IOException {
        try {
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(sha)));
        } catch (MissingObjectException e) {
            throw new Remote.MissingReferenceException("commit " + sha + " on branch '" + input.branch() + "'");
        }
    }

    private String where() {
        return input.path() == null ? " on " + input.branch() : " to " + input.path();
    }

    private static String shortened(String text) {
        return Bounded.cut(text, LONGEST);
    }
}
