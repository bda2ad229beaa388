package io.longwatch.activities.ledger;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.soak.Measurement;
import java.time.Instant;

/** Something an activity saw. Written once however often it is handed over. */
sealed interface Entry {
    /** Release it belongs to. */
    String release();

    /** Who a decision is from, before the release says what follows. */
    record Judged(String release, Decision decision, Judgement judgement) implements Entry {}

    /**
     * What a check of a soak window saw.
     *
     * @param due when the look was due
     * @param late whether it was taken later, for then
     */
    record Sample(String release, String window, String check, Instant due, boolean late, Measurement seen)
            implements Entry {}

    /**
     * What a step's activity found.
     *
     * @param content JSON
     */
    record Found(String release, String step, String activity, String content, Instant at) implements Entry {}
}
