package io.longwatch.plan.coverage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A box of a Markdown checklist.
 *
 * @param number from 1, in the order of the checklist
 * @param line from 1
 * @param headings headings above it, from the outermost
 * @param text what stands beside it, without bold marks
 * @param parent number of the box it stands under, or null
 */
public record ChecklistBox(
        int number,
        int line,
        List<String> headings,
        String text,
        @Nullable Integer parent) {
    public ChecklistBox {
        headings = List.copyOf(headings);
    }
}
