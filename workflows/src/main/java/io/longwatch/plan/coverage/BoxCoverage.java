package io.longwatch.plan.coverage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One box of the checklist.
 *
 * @param number from 1, in the order of the checklist
 * @param children boxes it sums up; none for a box of its own
 * @param by what answers it itself
 * @param answered who answers it, a parent's as its weakest child's; null if nothing does
 */
public record BoxCoverage(
        int number,
        List<Integer> children,
        List<Covering> by,
        @Nullable BoxClass answered) {
    public BoxCoverage {
        children = List.copyOf(children);
        by = List.copyOf(by);
    }

    public boolean isParent() {
        return !children.isEmpty();
    }

    public boolean isCovered() {
        return answered != null;
    }
}
