package io.longwatch.activities.git;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** A remote repository, seen through a bare one in a folder of its own that closing removes. */
final class Remote implements AutoCloseable {
    private static final int WHOLE = Integer.MAX_VALUE;
    private static final int SOME = 50;

    private final GitConnection connection;
    private final ProgressMonitor monitor;
    private final Path folder;
    private final Repository local;

    private Remote(GitConnection connection, ProgressMonitor monitor, Path folder, Repository local) {
        this.connection = connection;
        this.monitor = monitor;
        this.folder = folder;
        this.local = local;
    }

    static Remote open(GitConnection connection, ProgressMonitor monitor) throws IOException {
        OwnSettings.install();
        Path folder = Files.createTempDirectory("longwatch-git-");
        try {
            Repository local = new FileRepositoryBuilder()
                    .setBare()
                    .setGitDir(folder.toFile())
                    .build();
            local.create(true);
            withoutHousekeeping(local);
            return new Remote(connection, monitor, folder, local);
        } catch (IOException | RuntimeException e) {
            Folders.remove(folder);
            throw e;
        }
    }

    /** Housekeeping in the background would write to a folder that is about to be removed. */
    private static void withoutHousekeeping(Repository local) throws IOException {
        local.getConfig().setInt("gc", null, "auto", 0);
        local.getConfig().setBoolean("gc", null, "autoDetach", false);
        local.getConfig().save();
    }

    GitConnection connection() {
        return connection;
    }

    Repository local() {
        return local;
    }

    /** References of the remote by full name; tags are peeled. */
    Map<String, Ref> references() throws IOException {
        try (Transport transport = transport();
                FetchConnection advertised = transport.openFetch()) {
            return advertised.getRefs().stream().collect(toMap(Ref::getName, ref -> ref, (first, second) -> first));
        }
    }

    /** Head of a branch, or null if there is no such branch. */
    @Nullable
    ObjectId head(String branch) throws IOException {
        Ref ref = references().get("refs/heads/" + branch);
        return ref == null ? null : ref.getObjectId();
    }

    /** Fetches a branch as deep as needed to have {@code bound} and its parents; all of it if it is not there. */
    RevCommit fetch(String branch, ObjectId bound) throws IOException {
        RevCommit head = fetch(branch, 2);
        if (head.equals(bound) || reaches(head, bound)) {
            return head;
        }
        head = fetch(branch, SOME);
        return reaches(head, bound) ? head : fetch(branch, WHOLE);
    }

    /** Fetches a branch with its whole history. */
    RevCommit fetchWhole(String branch) throws IOException {
        return fetch(branch, WHOLE);
    }

    private RevCommit fetch(String branch, int depth) throws IOException {
        String name = "refs/heads/" + branch;
        fetch(new RefSpec("+" + name + ":" + name), depth);
        ObjectId head = local.resolve(name);
        if (head == null) {
            throw new MissingReferenceException("branch '" + branch + "'");
        }
        return commit(head);
    }

    /** Whether {@code bound} was fetched together with its parents. */
    private boolean reaches(RevCommit head, ObjectId bound) throws IOException {
        var shallow = local.getObjectDatabase().getShallowCommits();
        try (RevWalk walk = new RevWalk(local)) {
            walk.markStart(walk.parseCommit(head));
            for (RevCommit commit : walk) {
                if (commit.equals(bound)) {
                    return !shallow.contains(commit);
                }
            }
            return false;
        }
    }

    /** Fetches one commit, alone where the remote serves that, else with every branch and tag. */
    RevCommit fetchCommit(String sha) throws IOException {
        ObjectId id = ObjectId.fromString(sha);
        try {
            fetch(new RefSpec(sha + ":refs/longwatch/" + sha), 1);
            return commit(id);
        } catch (NoRemoteRepositoryException e) {
            throw e;
        } catch (TransportException notServedAlone) {
            return fetchAmongAll(id);
        }
    }

    private RevCommit fetchAmongAll(ObjectId id) throws IOException {
        try (Transport transport = transport()) {
            transport.fetch(
                    monitor,
                    List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*")));
        }
        try {
            return commit(id);
        } catch (MissingObjectException e) {
            throw new MissingReferenceException("commit " + id.name());
        }
    }

    /** Fetches an object that a reference names, a tag for one. */
    void fetchReference(String name) throws IOException {
        fetch(new RefSpec("+" + name + ":" + name), 1);
    }

    private void fetch(RefSpec reference, int depth) throws IOException {
        try (Transport transport = transport()) {
            transport.setDepth(depth);
            transport.fetch(monitor, List.of(reference));
        } catch (NoRemoteRepositoryException e) {
            throw e;
        } catch (TransportException e) {
            if (String.valueOf(e.getMessage()).contains("does not have")) {
                throw new MissingReferenceException("'" + reference.getSource() + "'");
            }
            throw e;
        }
    }

    /**
     * Points a reference of the remote to an object, or removes it with the zero id, only if it still is what was
     * expected.
     */
    RemoteRefUpdate push(String reference, ObjectId object, ObjectId expected) throws IOException {
        boolean removal = ObjectId.zeroId().equals(object);
        String source = removal ? null : object.name();
        var update = new RemoteRefUpdate(local, source, object, reference, removal, null, expected);
        try (Transport transport = transport()) {
            transport.push(monitor, List.of(update));
        }
        return update;
    }

    private RevCommit commit(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(local)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        }
    }

    /** At least one, since none means to wait forever. */
    static int seconds(Duration timeout) {
        return Math.toIntExact(Math.max(1, timeout.plusMillis(999).toSeconds()));
    }

    private Transport transport() throws IOException {
        try {
            Transport transport =
                    Transport.open(local, new URIish(connection.url().toString()));
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setTimeout(seconds(connection.timeout()));
            if (connection.token() != null) {
                transport.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                        connection.userOrDefault(), connection.token().reveal()));
            }
            return transport;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("checked when the connection was made: " + connection.url(), e);
        }
    }

    @Override
    public void close() throws IOException {
        local.close();
        Folders.remove(folder);
    }

    /** A branch, tag or commit that the remote does not have. */
    static final class MissingReferenceException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingReferenceException(String reference) {
            super(reference);
        }
    }
}
