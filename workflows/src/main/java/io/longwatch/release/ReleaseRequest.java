package io.longwatch.release;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.longwatch.plan.ReleasePlan;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a release is started with; nothing is read from elsewhere later. At most 1 MiB as JSON, in which the plan
 * comes last, so that what is particular to the release is seen first.
 *
 * @param release release id, {@code <service>-<environment>-<yyyymmdd>-<n>}
 * @param plan the plan, normalised and bound to its parameters
 * @param planDigest digest of plan and parameters
 * @param parameters values by name
 * @param requester who asked for it
 * @param requestedAt when
 * @param deployAt T: when the deploy phase begins
 * @param now whether the time before T is compressed on purpose: phases follow one another without waiting
 * @param supersedes release whose place it takes, or null
 * @param requires features that the worker must know
 * @param searchAttributes whether the namespace knows Longwatch's search attributes
 */
@JsonPropertyOrder({"release", "requester", "requestedAt", "deployAt", "now", "supersedes", "planDigest", "parameters"})
public record ReleaseRequest(
        String release,
        ReleasePlan plan,
        String planDigest,
        Map<String, Object> parameters,
        String requester,
        Instant requestedAt,
        Instant deployAt,
        boolean now,
        @Nullable String supersedes,
        List<String> requires,
        boolean searchAttributes) {
    /** Features this worker knows. */
    public static final List<String> KNOWN = List.of("plan/v1");

    public ReleaseRequest {
        Objects.requireNonNull(release, "release");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        requires = List.copyOf(requires);
    }

    /** Workflow id, which is also the lock: one release of a service in an environment at a time. */
    public String workflowId() {
        return workflowId(plan.service(), plan.environment());
    }

    /** Workflow id of a service's release in an environment. */
    public static String workflowId(String service, String environment) {
        return "release/" + service + "/" + environment;
    }
}
