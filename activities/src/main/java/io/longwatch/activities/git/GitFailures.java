package io.longwatch.activities.git;

import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Names what went wrong with a remote repository. */
final class GitFailures {
    /** What servers say when a reference is being changed, or was changed, by another push. */
    private static final Pattern RACES = Pattern.compile(
            "\\b(lock|locked|stale|fetch first|failed to update ref|reference already exists)\\b",
            Pattern.CASE_INSENSITIVE);

    private GitFailures() {}

    static ApplicationFailure of(GitConnection connection, IOException e) {
        String remote = "repository " + connection.url();
        if (e instanceof Remote.MissingReferenceException || e instanceof MissingObjectException) {
            return Failures.notFound(remote + " does not have " + e.getMessage());
        }
        if (e instanceof NoRemoteRepositoryException || e instanceof RepositoryNotFoundException) {
            return Failures.notFound(remote + " does not exist, or its token may not see it: " + e.getMessage());
        }
        if (e instanceof TransportException && speaksOfPermission(e)) {
            return Failures.denied(remote + " refused the credentials: " + e.getMessage(), e);
        }
        return Failures.unavailable(remote + " did not answer: " + e.getMessage(), e);
    }

    private static boolean speaksOfPermission(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("not authorized")
                || message.contains("authentication is required")
                || message.contains("authentication not supported")
                || message.contains("not permitted");
    }

    /** Passes if a push arrived. */
    static void check(RemoteRefUpdate update, GitConnection connection) {
        String what = "push of " + update.getRemoteName() + " to " + connection.url();
        String said = update.getMessage() == null ? "" : ": " + update.getMessage();
        switch (update.getStatus()) {
            case OK, UP_TO_DATE, NON_EXISTING -> {}
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                throw Failures.conflict(what + " came too late, it changed meanwhile" + said, null);
            case REJECTED_NODELETE -> throw Failures.denied(what + " was rejected, nothing may be removed", null);
            case REJECTED_OTHER_REASON -> throw rejected(what, said);
            case NOT_ATTEMPTED, AWAITING_REPORT ->
                throw Failures.unavailable(what + " was not reported on; it is looked for again" + said, null);
        }
    }

    private static ApplicationFailure rejected(String what, String said) {
        return RACES.matcher(said).find()
                ? Failures.conflict(what + " met another" + said, null)
                : Failures.denied(what + " was rejected by the repository's rules" + said, null);
    }
}
