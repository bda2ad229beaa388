package io.longwatch.activities.git;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The files of a commit, read and rewritten without a working tree. */
final class Tree {
    private final Repository repository;
    private final RevTree tree;

    Tree(Repository repository, RevCommit commit) {
        this.repository = repository;
        this.tree = commit.getTree();
    }

    /** Content of a plain file; empty if there is none at that path. */
    Optional<ObjectId> file(String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, path, tree)) {
            if (found == null) {
                return Optional.empty();
            }
            FileMode mode = found.getFileMode(0);
            boolean plain = mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
            return plain ? Optional.of(found.getObjectId(0)) : Optional.empty();
        }
    }

    /** Paths at which another tree has other content, with the content there; the zero id where it has none. */
    Map<String, ObjectId> differencesTo(Tree other) throws IOException {
        Map<String, ObjectId> differences = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(tree);
            walk.addTree(other.tree);
            while (walk.next()) {
                differences.put(walk.getPathString(), walk.getObjectId(1));
            }
        }
        return differences;
    }

    /** Writes a tree with other content at some of its paths; modes stay as they are. */
    ObjectId with(Map<String, ObjectId> contents, ObjectInserter inserter) throws IOException {
        DirCache files = DirCache.newInCore();
        try (ObjectReader reader = repository.newObjectReader()) {
            var builder = files.builder();
            builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, tree);
            builder.finish();
        }
        DirCacheEditor editor = files.editor();
        contents.forEach((path, content) -> editor.add(new NewContent(path, content)));
        editor.finish();
        return files.writeTree(inserter);
    }

    private static final class NewContent extends DirCacheEditor.PathEdit {
        private final ObjectId content;

        NewContent(String path, ObjectId content) {
            super(path);
            this.content = content;
        }

        @Override
        public void apply(DirCacheEntry entry) {
            entry.setObjectId(content);
        }
    }
}
