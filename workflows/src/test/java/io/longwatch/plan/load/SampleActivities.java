package io.longwatch.plan.load;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionResult;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.Field;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contract with every kind of input and effect, for tests of plans. */
@ActionSystem(name = "sample", title = "Sample")
@ActivityInterface
public interface SampleActivities {

    @Action(title = "Read", description = "Reads.", example = "{name: a}")
    @ActivityMethod(name = "sample.read")
    Reading read(StepRef step, ReadInput input);

    @ActivityMethod(name = "sample.scale.before")
    Former scaleBefore(StepRef step, ScaleInput input);

    @Action(
            title = "Scale",
            description = "Scales.",
            effect = Effect.KEYED,
            undo = Undo.RESTORE,
            timeout = "PT10M",
            example = "{deployment: a, replicas: 1}")
    @ActivityMethod(name = "sample.scale")
    Scaled scale(StepRef step, ScaleInput input, Former before);

    @ActivityMethod(name = "sample.scale.undo")
    UndoResult undoScale(StepRef step, ScaleInput input, Former before, @Nullable Scaled result);

    @ActivityMethod(name = "sample.send.before")
    Former sendBefore(StepRef step, ReadInput input);

    @Action(title = "Send", description = "Sends.", effect = Effect.AT_MOST_ONCE, example = "{name: a}")
    @ActivityMethod(name = "sample.send")
    Scaled send(StepRef step, ReadInput input, Former before);

    @ActivityMethod(name = "sample.send.undo")
    UndoResult undoSend(StepRef step, ReadInput input, Former before, @Nullable Scaled result);

    /** How much to look at. */
    enum Depth {
        SHALLOW,
        DEEP
    }

    record Case(
            @Field("Path asked for") String path,
            @Field("Status wanted") int status) {
        public Case {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("status is " + status + "; write 100 to 599");
            }
        }
    }

    record ReadInput(
            @Field(value = "What to read", example = "a") String name,
            @Field("How much") @Nullable Depth depth,
            @Field("Longest wait") @Nullable Duration patience,
            @Field("From when") @Nullable Instant since,
            @Field("Share of all") @Nullable Double share,
            @Field("Whether to hurry") @Nullable Boolean fast,
            @Field("Cases") @Nullable List<Case> cases,
            @Field("Labels") @Nullable Map<String, String> labels,
            @Field("Anything") @Nullable Map<String, Object> body) {}

    record Reading(
            @Field(value = "Value", unit = "ms", example = "12.5")
            double value,

            @Field(value = "Names found", example = "a") List<String> names,

            @Field(value = "Name of the first", example = "a")
            String first,

            @Field(value = "When", example = "2026-01-01T00:00:00Z")
            Instant at,

            @Field(value = "Summary", example = "12.5 ms") String summary)
            implements ActionResult {}

    record ScaleInput(
            @Field(value = "Deployment", example = "bridge") String deployment,
            @Field(value = "Replicas", example = "2") int replicas) {
        public ScaleInput {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas is " + replicas + "; write 0 or more");
            }
        }
    }

    record Former(
            @Field(value = "Replicas before", example = "1") int replicas) {}

    record Scaled(
            @Field(value = "Replicas ready", example = "2") int ready,
            @Field(value = "Digest", example = "sha256:1") String digest,
            @Field(value = "Summary", example = "2 ready") String summary)
            implements ActionResult {}
}
