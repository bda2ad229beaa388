package io.longwatch.plan;

import io.longwatch.contract.Undo;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step that an action carries out.
 *
 * @param id unique in the plan
 * @param title for people; the row's name in the Temporal UI
 * @param uses name of the action
 * @param with inputs; strings may hold <code>${{ }}</code>
 * @param expect CEL condition over {@code result} that must hold, or null
 * @param when CEL condition that decides whether the step applies, or null
 * @param timeout for all attempts together
 * @param maxAttempts most attempts, or 0 for as many as fit into the timeout
 * @param undo when a rollback takes its effect back
 * @param irreversible why it cannot be taken back, shown before each gate, or null
 * @param confirm role that must confirm what the machine found, or null
 * @param onFailure what follows when it fails for good, or null for the default of its place
 * @param rollForward steps that run in its stead when it fails for good and says so, in this order
 * @param validFor how long its result holds; looked at again at T when it has aged, or null for ever
 * @param baseline figures it records, by name: CEL over {@code result}
 * @param covers boxes of the source checklist
 */
public record ActionStep(
        String id,
        String title,
        String uses,
        Map<String, Object> with,
        @Nullable String expect,
        @Nullable String when,
        Duration timeout,
        int maxAttempts,
        Undo undo,
        @Nullable String irreversible,
        @Nullable String confirm,
        @Nullable OnFailure onFailure,
        List<ActionStep> rollForward,
        @Nullable Duration validFor,
        Map<String, String> baseline,
        List<Integer> covers)
        implements Step {
    public ActionStep {
        rollForward = List.copyOf(rollForward);
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
        baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
        covers = List.copyOf(covers);
    }

    /** Itself, and behind it the steps that may have to run in its stead. */
    @Override
    public Stream<Step> flatten() {
        return Stream.concat(Stream.of(this), rollForward.stream().flatMap(Step::flatten));
    }

    /** What follows when a step fails for good. */
    public enum OnFailure {
        /** A person chooses: retry, skip with a reason, roll back, abort. */
        ASK,
        /** The release rolls back. */
        ROLLBACK,
        /** The release stops and undoes nothing. */
        ABORT,
        /** The failure is recorded and the release goes on. */
        CONTINUE,
        /** The failure is recorded, other steps run in its stead, and the release goes on. */
        ROLL_FORWARD
    }
}
