package io.longwatch.worker.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Under which version of a Worker Deployment this worker runs releases. It speaks of workflows alone: activities, looks
 * among them, run on whichever worker polls their queue.
 *
 * @param deployment name of the Worker Deployment, longwatch by default
 * @param build id of this build, unique per deployment
 * @param behaviour what becomes of a running release when another build is made current; auto-upgrade by default
 */
public record Versioning(String deployment, String build, Behaviour behaviour) {
    private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern BUILD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}");

    /** What becomes of a running release when another build is made current. */
    public enum Behaviour {
        /** It goes on with the current build. */
        AUTO_UPGRADE,
        /** It stays on the build it began with, to its end. */
        PINNED
    }

    public Versioning(@Nullable String deployment, String build, @Nullable Behaviour behaviour) {
        this.deployment = deployment == null ? "longwatch" : deployment;
        this.build = build;
        this.behaviour = behaviour == null ? Behaviour.AUTO_UPGRADE : behaviour;
        if (!DEPLOYMENT.matcher(this.deployment).matches()) {
            throw new IllegalArgumentException("deployment '" + this.deployment
                    + "' is no name of a Worker Deployment; write letters, digits, - and _");
        }
        if (!BUILD.matcher(build).matches()) {
            throw new IllegalArgumentException(
                    "build '" + build + "' is no build id; write letters, digits and -_.+, as 1.4.0 or a commit");
        }
    }
}
