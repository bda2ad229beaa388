package io.longwatch.activities.git;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The files of one commit in a folder of its own that closing removes. Nothing but what the commit holds, byte for byte:
 * no {@code .git}, no filters, no submodules.
 */
public final class Checkout implements AutoCloseable {
    private final Path folder;
    private final Instant committed;

    private Checkout(Path folder, Instant committed) {
        this.folder = folder;
        this.committed = committed;
    }

    /**
     * Fetches a commit and writes its files.
     *
     * @throws io.temporal.failure.ApplicationFailure Unavailable, Denied or NotFound, as of git's actions
     */
    public static Checkout of(GitConnection connection, String sha, Invocation invocation) {
        try (Progress progress = new Progress(invocation);
                Remote remote = Remote.open(connection, progress)) {
            RevCommit commit = remote.fetchCommit(sha);
            Path folder = Files.createTempDirectory("longwatch-checkout-");
            var checkout = new Checkout(folder, Instant.ofEpochSecond(commit.getCommitTime()));
            try {
                write(remote.local(), commit, folder);
                return checkout;
            } catch (IOException | RuntimeException e) {
                checkout.close();
                throw e;
            }
        } catch (Secret.SecretMissing e) {
            throw e.failure("token of repository " + connection.url());
        } catch (IOException e) {
            throw GitFailures.of(connection, e);
        }
    }

    /** Links are made last, so that no file is written through one. */
    private static void write(Repository repository, RevCommit commit, Path folder) throws IOException {
        Map<Path, ObjectLoader> links = new LinkedHashMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.addTree(commit.getTree());
            while (walk.next()) {
                FileMode mode = walk.getFileMode(0);
                if (mode == FileMode.GITLINK) {
                    continue;
                }
                Path target = within(folder, walk.getPathString());
                ObjectLoader content = repository.open(walk.getObjectId(0));
                if (mode == FileMode.SYMLINK) {
                    links.put(target, content);
                } else {
                    writeFile(target, content, mode == FileMode.EXECUTABLE_FILE);
                }
            }
        }
        for (var link : links.entrySet()) {
            Files.createDirectories(link.getKey().getParent());
            Files.createSymbolicLink(
                    link.getKey(), Path.of(new String(link.getValue().getBytes(), StandardCharsets.UTF_8)));
        }
    }

    private static Path within(Path folder, String path) throws IOException {
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder) || target.equals(folder)) {
            throw new IOException("the commit holds a path outside of its folder: " + path);
        }
        return target;
    }

    private static void writeFile(Path target, ObjectLoader content, boolean executable) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = content.openStream()) {
            Files.copy(in, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Folder that holds the files. */
    public Path folder() {
        return folder;
    }

    /** When the commit was made. */
    public Instant committed() {
        return committed;
    }

    @Override
    public void close() throws IOException {
        Folders.remove(folder);
    }
}
