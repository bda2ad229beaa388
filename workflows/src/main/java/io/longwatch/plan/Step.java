package io.longwatch.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One entry of a phase. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ActionStep.class, name = "action"),
    @JsonSubTypes.Type(value = Gate.class, name = "gate"),
    @JsonSubTypes.Type(value = ChecklistItem.class, name = "item"),
    @JsonSubTypes.Type(value = Parallel.class, name = "parallel")
})
public sealed interface Step permits ActionStep, Gate, ChecklistItem, Parallel {
    /** Unique in the plan: lower-case words joined by hyphens. */
    String id();

    /** What it is, for people. */
    String title();

    /** CEL condition that decides at the start whether it applies, or null for always. */
    @Nullable
    String when();

    /** Boxes of the source checklist that it answers. */
    List<Integer> covers();

    /** Itself and the steps in it; a group is only the steps in it. */
    default Stream<Step> flatten() {
        return Stream.of(this);
    }
}
