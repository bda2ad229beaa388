package io.longwatch.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What no machine can check: a person attests it.
 *
 * @param id unique in the plan
 * @param title what is attested, for people
 * @param when CEL condition that decides whether it applies, or null
 * @param role who may attest
 * @param evidence what the person must give, in words, or null for none
 * @param required whether the release waits for it
 * @param deadline how long people have
 * @param onDeadline what follows when nobody attests
 * @param covers boxes of the source checklist
 */
public record ChecklistItem(
        String id,
        String title,
        @Nullable String when,
        String role,
        @Nullable String evidence,
        boolean required,
        Duration deadline,
        Outcome onDeadline,
        List<Integer> covers)
        implements Step {
    public ChecklistItem {
        covers = List.copyOf(covers);
    }
}
