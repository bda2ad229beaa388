package io.longwatch.plan;

import java.time.Duration;
import java.util.List;

/**
 * Who signs at the end.
 *
 * @param id unique in the plan
 * @param title for people
 * @param role who may sign
 * @param deadline how long they have
 * @param onDeadline what follows when they do not
 * @param covers boxes of the source checklist
 */
public record SignOff(
        String id, String title, String role, Duration deadline, Outcome onDeadline, List<Integer> covers) {
    public SignOff {
        covers = List.copyOf(covers);
    }
}
