package io.longwatch.activities.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** Tags as the remote has them. */
final class RemoteTag {
    private RemoteTag() {}

    static String reference(String tag) {
        return "refs/tags/" + tag;
    }

    /** The tag itself, or null. */
    static @Nullable Ref read(Remote remote, String tag) throws IOException {
        return remote.references().get(reference(tag));
    }

    /** The commit that a tag names, annotated or not, or null if there is no such tag. */
    static @Nullable String targetOf(Remote remote, String tag) throws IOException {
        Ref ref = read(remote, tag);
        return ref == null ? null : targetOf(ref);
    }

    static String targetOf(Ref ref) {
        return ref.getPeeledObjectId() == null
                ? ref.getObjectId().name()
                : ref.getPeeledObjectId().name();
    }
}
