package io.longwatch.sandbox.git;

import io.longwatch.activities.git.Folders;
import io.longwatch.activities.git.OwnSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository with one branch, main, in a folder that closing removes, reached by a {@code file:} URL. Real Git in
 * all but its transport: there is no login, no protected branch and no hook. People can commit to it beside a release.
 */
public final class GitRemote implements AutoCloseable {
    private static final String MAIN = "refs/heads/main";

    private final Path folder;
    private final Repository repository;

    private GitRemote(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** A remote whose first commit holds the files of a folder, executable where they are there. */
    public static GitRemote seededFrom(Path files, Instant when) throws IOException {
        Map<String, Path> seeds = new TreeMap<>();
        try (Stream<Path> all = Files.walk(files)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> seeds.put(files.relativize(file).toString().replace('\\', '/'), file));
        }
        GitRemote remote = empty();
        try {
            remote.commit("seed", when, "Begin", inserter -> {
                Map<String, Content> contents = new TreeMap<>();
                for (var seed : seeds.entrySet()) {
                    contents.put(
                            seed.getKey(), Content.of(inserter, Files.readAllBytes(seed.getValue()), seed.getValue()));
                }
                return contents;
            });
            return remote;
        } catch (IOException e) {
            remote.close();
            throw e;
        }
    }

    private static GitRemote empty() throws IOException {
        OwnSettings.install();
        Path folder = Files.createTempDirectory("longwatch-remote-");
        Repository repository =
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        repository.create(true);
        repository.updateRef(Constants.HEAD).link(MAIN);
        repository.getConfig().setBoolean("receive", null, "autogc", false);
        repository.getConfig().save();
        return new GitRemote(folder, repository);
    }

    public URI url() {
        return folder.toUri();
    }

    /** Commits files to main in the name of a person; returns the commit. */
    public synchronized String commit(String author, Instant when, Map<String, String> files) throws IOException {
        String message = "Change " + String.join(", ", new TreeMap<>(files).keySet());
        return commit(author, when, message, inserter -> {
            Map<String, Content> contents = new TreeMap<>();
            for (var file : files.entrySet()) {
                byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                contents.put(file.getKey(), Content.of(inserter, bytes, null));
            }
            return contents;
        });
    }

    private String commit(String author, Instant when, String message, Contents contents) throws IOException {
        ObjectId head = repository.resolve(MAIN);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            var commit = new CommitBuilder();
            commit.setTreeId(tree(head, contents.insert(inserter)).writeTree(inserter));
            if (head != null) {
                commit.setParentId(head);
            }
            var person = new PersonIdent(author, author + "@example.org", when, ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(message + "\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            point(MAIN, id.name());
            return id.name();
        }
    }

    private DirCache tree(@Nullable ObjectId head, Map<String, Content> contents) throws IOException {
        DirCache tree = DirCache.newInCore();
        if (head != null) {
            try (ObjectReader reader = repository.newObjectReader()) {
                tree = DirCache.read(reader, repository.parseCommit(head).getTree());
            }
        }
        DirCacheEditor editor = tree.editor();
        contents.forEach((path, content) -> editor.add(new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(content.mode());
                entry.setObjectId(content.id());
            }
        }));
        editor.finish();
        return tree;
    }

    /** Points a reference to a commit, whatever it was before. */
    public void point(String reference, String sha) throws IOException {
        RefUpdate update = repository.updateRef(reference);
        update.setNewObjectId(ObjectId.fromString(sha));
        update.forceUpdate();
    }

    /** Head of main. */
    public String head() throws IOException {
        return main().name();
    }

    /** Messages of main, newest first. */
    public List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(main()));
            for (RevCommit commit : walk) {
                messages.add(commit.getFullMessage());
            }
        }
        return messages;
    }

    /** Content of a file of main; empty if there is none. */
    public Optional<String> content(String path) throws IOException {
        try (TreeWalk file = TreeWalk.forPath(
                repository, path, repository.parseCommit(main()).getTree())) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(
                            new String(repository.open(file.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Commit that a tag names; empty if there is no such tag. */
    public Optional<String> tagged(String tag) throws IOException {
        return Optional.ofNullable(repository.resolve("refs/tags/" + tag + "^{commit}"))
                .map(ObjectId::name);
    }

    private ObjectId main() throws IOException {
        ObjectId head = repository.resolve(MAIN);
        if (head == null) {
            throw new IOException("the remote has no branch main");
        }
        return head;
    }

    @Override
    public void close() throws IOException {
        repository.close();
        Folders.remove(folder);
    }

    /** Files to commit, written by the inserter it is given. */
    private interface Contents {
        Map<String, Content> insert(ObjectInserter inserter) throws IOException;
    }

    private record Content(ObjectId id, FileMode mode) {
        static Content of(ObjectInserter inserter, byte[] bytes, @Nullable Path file) throws IOException {
            boolean executable = file != null && Files.isExecutable(file);
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, bytes);
            return new Content(id, executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
        }
    }
}
