package io.longwatch.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point that people must open.
 *
 * @param id unique in the plan
 * @param title the question, for people
 * @param when CEL condition that decides whether it applies, or null
 * @param approvals who must approve: each by as many distinct people as it counts
 * @param fourEyes whether someone else than the requester must decide; they may still abort
 * @param deadline how long people have
 * @param onDeadline what follows when they do not answer, or say no
 * @param escalateTo role that is told at half of the deadline and at its end, or null
 * @param bind CEL expressions whose values the approval is bound to, besides plan, parameters and artifacts
 * @param covers boxes of the source checklist
 */
public record Gate(
        String id,
        String title,
        @Nullable String when,
        List<Approval> approvals,
        boolean fourEyes,
        Duration deadline,
        Outcome onDeadline,
        @Nullable String escalateTo,
        List<String> bind,
        List<Integer> covers)
        implements Step {
    public Gate {
        approvals = List.copyOf(approvals);
        bind = List.copyOf(bind);
        covers = List.copyOf(covers);
    }

    /**
     * People of a role who must approve.
     *
     * @param role role id
     * @param count distinct people, at least 1
     */
    public record Approval(String role, int count) {
        public Approval {
            if (count < 1) {
                throw new IllegalArgumentException("an approval counts at least 1 person, found " + count);
            }
        }
    }
}
