package io.longwatch.activities.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A bare repository in a folder, to which people other than Longwatch commit as well. */
final class Origin implements AutoCloseable {
    private final Path folder;
    private final Repository repository;

    Origin(Path folder) throws IOException {
        OwnSettings.install();
        this.folder = folder;
        this.repository =
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        repository.create(true);
        repository.getConfig().setBoolean("receive", null, "autogc", false);
        repository.getConfig().save();
    }

    GitConnection connection() {
        return new GitConnection(folder.toUri(), null, null, null);
    }

    /** Commits files to main in the name of a person. */
    String commit(String author, Instant when, Map<String, String> files) throws IOException {
        ObjectId head = repository.resolve("refs/heads/main");
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index =
                    head == null ? DirCache.newInCore() : DirCache.read(repository.newObjectReader(), tree(head));
            DirCacheEditor editor = index.editor();
            for (var file : files.entrySet()) {
                ObjectId content =
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes());
                editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setFileMode(FileMode.REGULAR_FILE);
                        entry.setObjectId(content);
                    }
                });
            }
            editor.finish();
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            if (head != null) {
                commit.setParentId(head);
            }
            var person = new PersonIdent(author, author + "@example.org", when, ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Change " + String.join(", ", files.keySet()));
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            point("refs/heads/main", id);
            return id.name();
        }
    }

    void point(String reference, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(reference);
        update.setNewObjectId(id);
        update.forceUpdate();
    }

    private ObjectId tree(ObjectId commit) throws IOException {
        return repository.parseCommit(commit).getTree();
    }

    String content(String path) throws IOException {
        try (TreeWalk file = TreeWalk.forPath(repository, path, tree(repository.resolve("refs/heads/main")))) {
            return new String(repository.open(file.getObjectId(0)).getBytes());
        }
    }

    /** Messages of main, newest first. */
    List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve("refs/heads/main")));
            for (RevCommit commit : walk) {
                messages.add(commit.getFullMessage());
            }
        }
        return messages;
    }

    String head() throws IOException {
        return repository.resolve("refs/heads/main").name();
    }

    /** Commit that a tag names, or null. */
    String tagged(String tag) throws IOException {
        ObjectId target = repository.resolve("refs/tags/" + tag + "^{commit}");
        return target == null ? null : target.name();
    }

    @Override
    public void close() {
        repository.close();
    }
}
