package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.longwatch.contract.StepRef;
import org.jspecify.annotations.Nullable;

/** The mark that a release leaves on what it applies. */
final class Release {
    /** Field manager of all writes. */
    static final String MANAGER = "longwatch";
    /** Annotation whose value is the key of the step that applied the object last. */
    static final String ANNOTATION = "longwatch.io/release";

    private Release() {}

    static @Nullable String of(@Nullable ObjectMeta meta) {
        return meta == null || meta.getAnnotations() == null
                ? null
                : meta.getAnnotations().get(ANNOTATION);
    }

    /** Whether a mark is from any step of the step's release. */
    static boolean isOf(StepRef step, @Nullable String mark) {
        return mark != null && mark.startsWith(step.release() + "/");
    }
}
