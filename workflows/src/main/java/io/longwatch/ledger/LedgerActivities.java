package io.longwatch.ledger;

import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Writes into the ledger. */
@ActivityInterface
public interface LedgerActivities {
    /**
     * Keeps a page of a release. Idempotent: rows are keyed by the release and what they speak of, and an older page
     * never replaces a newer one. One short try; fails with Unavailable when the ledger cannot be written now.
     *
     * @return whether there is a ledger; false when the worker has none
     */
    @ActivityMethod(name = "ledger.keep")
    boolean keep(StepRef release, LedgerPage page);
}
