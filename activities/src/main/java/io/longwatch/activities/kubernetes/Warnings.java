package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What the cluster's parts warn of about an object, in their own words. */
interface Warnings {
    /** Where nobody can be asked. */
    Warnings NONE = (object, reason) -> Optional.empty();

    /**
     * The last warning about an object.
     *
     * @param reason the Event's, as "Unhealthy"
     */
    Optional<String> about(HasMetadata object, String reason);
}
