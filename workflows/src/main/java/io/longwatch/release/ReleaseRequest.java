package io.longwatch.release;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a release is started with; nothing is read from elsewhere later. At most 1 MiB as JSON, in which the plan
 * comes last, so that what is particular to the release is seen first.
 *
 * @param release release id, {@code <service>-<environment>-<yyyymmdd>-<n>}
 * @param plan the plan, normalised and bound to its parameters
 * @param planDigest digest of plan and parameters
 * @param parameters values by name
 * @param requester who asked for it, as they gave their name
 * @param requestedAt when
 * @param deployAt T: when the deploy phase begins
 * @param now whether the time before T is compressed on purpose: phases follow one another without waiting
 * @param supersedes release whose place it takes, or null
 * @param supersededRun that release's run, whose ways back are taken over, or null
 * @param requires features that the worker must know
 * @param searchAttributes whether the namespace knows Longwatch's search attributes
 * @param proof the requester's signature over {@link #claim}, or null where the worker trusts the namespace
 * @param carried what it takes along from an earlier run, or null when it begins
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
        @Nullable String supersededRun,
        List<String> requires,
        boolean searchAttributes,
        @Nullable String proof,
        @Nullable Carried carried) {
    /** Features that the worker of every release must know. */
    public static final List<String> NEEDED = List.of("plan/v1");

    /** Key of the release id in a workflow's memo. */
    public static final String MEMO_RELEASE = "release";

    /** Key of when it was asked for. */
    public static final String MEMO_REQUESTED = "requestedAt";

    private static final String CARRIED = "carried/v1";
    private static final String ASK = "ask/v1";
    private static final String PROVED = "proof/v1";
    private static final String ROLL_FORWARD = "roll-forward/v1";
    private static final String TAKES_OVER = "takes-over/v1";

    /** Features this worker knows. */
    public static final List<String> KNOWN = List.of("plan/v1", CARRIED, ASK, PROVED, ROLL_FORWARD, TAKES_OVER);

    public ReleaseRequest {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(plan, "plan");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        requires = Stream.concat(requires.stream(), featuresOf(plan).stream())
                .distinct()
                .toList();
    }

    private static List<String> featuresOf(ReleasePlan plan) {
        List<String> features = new ArrayList<>();
        if (plan.ask() != null) {
            features.add(ASK);
        }
        if (plan.rollsForward()) {
            features.add(ROLL_FORWARD);
        }
        return features;
    }

    /** A release that begins. */
    public ReleaseRequest(
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
        this(
                release,
                plan,
                planDigest,
                parameters,
                requester,
                requestedAt,
                deployAt,
                now,
                supersedes,
                null,
                requires,
                searchAttributes,
                null,
                null);
    }

    /**
     * What the requester signs: that they ask for this release, of this plan with these parameters, at this time. The
     * same person decides and asks, so it is a decision like any other.
     */
    public Decision claim() {
        String when = "T " + deployAt + (now ? ", now" : "") + (supersedes == null ? "" : ", supersedes " + supersedes);
        return new Decision(
                "start/" + release,
                release,
                Decision.RELEASE,
                planDigest,
                Verb.START,
                requester,
                Decision.CLI,
                requestedAt,
                null,
                null,
                when,
                proof);
    }

    /** The same request with its proof; a worker that does not check proofs refuses it. */
    public ReleaseRequest proved(@Nullable String signature) {
        return signature == null ? this : with(plan, supersededRun, adding(PROVED), signature, carried);
    }

    /** The same request, taking over the ways back that the superseded release left in its run. */
    public ReleaseRequest takingOver(String run) {
        return with(plan, run, adding(TAKES_OVER), proof, carried);
    }

    /** The same request of another plan, under the digest of this one. */
    public ReleaseRequest withPlan(ReleasePlan another) {
        return with(another, supersededRun, requires, proof, carried);
    }

    /** The same release, going on with what it carries. */
    ReleaseRequest carrying(Carried luggage) {
        return with(plan, supersededRun, adding(CARRIED), proof, luggage);
    }

    /** The release as it was asked for. */
    ReleaseRequest asBegun() {
        return carried == null ? this : with(plan, supersededRun, requires, proof, null);
    }

    private List<String> adding(String feature) {
        List<String> needed = new ArrayList<>(requires);
        if (!needed.contains(feature)) {
            needed.add(feature);
        }
        return needed;
    }

    private ReleaseRequest with(
            ReleasePlan changed,
            @Nullable String run,
            List<String> needed,
            @Nullable String signature,
            @Nullable Carried luggage) {
        return new ReleaseRequest(
                release,
                changed,
                planDigest,
                parameters,
                requester,
                requestedAt,
                deployAt,
                now,
                supersedes,
                run,
                needed,
                searchAttributes,
                signature,
                luggage);
    }

    /** What a list of workflows shows of it without asking. */
    public Map<String, Object> memo() {
        return Map.of(MEMO_RELEASE, release, "planDigest", planDigest, MEMO_REQUESTED, requestedAt.toString());
    }

    /** Workflow id, which is also the lock: one release of a service in an environment at a time. */
    public String workflowId() {
        return workflowId(plan.service(), plan.environment());
    }

    /** Workflow id of the attestations that a release goes on with when its place is free for the next one. */
    public static String attestationsOf(String workflowId, String release) {
        return workflowId + "/" + release + "/attestations";
    }

    /** Workflow id of a service's release in an environment. */
    public static String workflowId(String service, String environment) {
        return "release/" + service + "/" + environment;
    }
}
