package io.longwatch.activities.git;

import io.longwatch.contract.StepRef;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Commits of a branch from its head back to the one that was its head before the step. */
final class History {
    private final Repository repository;
    private final RevCommit head;
    private final ObjectId bound;

    History(Repository repository, RevCommit head, ObjectId bound) {
        this.repository = repository;
        this.head = head;
        this.bound = bound;
    }

    /** What a step last did to the branch: its commit, or the commit that took it back. */
    Optional<RevCommit> lastOf(StepRef step) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(head));
            if (repository.getObjectDatabase().has(bound)) {
                for (RevCommit older : walk.parseCommit(bound).getParents()) {
                    walk.markUninteresting(walk.parseCommit(older));
                }
            }
            for (RevCommit commit : walk) {
                String message = commit.getFullMessage();
                if (Trailers.isMadeBy(message, step) || Trailers.isUndoOf(message, step)) {
                    return Optional.of(commit);
                }
            }
            return Optional.empty();
        }
    }

    /** Who changed a file last, after the given commit: "Ada in 4b825dc642cb". */
    String lastChangeOf(String path, RevCommit after) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(head));
            walk.markUninteresting(walk.parseCommit(after));
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            RevCommit last = walk.next();
            return last == null ? "another commit" : last.getAuthorIdent().getName() + " in " + Shas.shortened(last);
        }
    }
}
