package io.longwatch.plan;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run side by side; it ends when all have ended.
 *
 * @param id unique in the plan
 * @param title for people
 * @param when CEL condition that decides whether the group applies, or null
 * @param steps at least two
 */
public record Parallel(String id, String title, @Nullable String when, List<Step> steps) implements Step {
    public Parallel {
        steps = List.copyOf(steps);
    }

    @Override
    public List<Integer> covers() {
        return List.of();
    }

    @Override
    public Stream<Step> flatten() {
        return steps.stream().flatMap(Step::flatten);
    }
}
