package io.longwatch.ledger;

import io.longwatch.contract.StepRef;

/** Where there is no ledger: a release's record lasts as long as Temporal's retention. */
public final class NoLedger implements LedgerActivities {
    @Override
    public boolean keep(StepRef release, LedgerPage page) {
        return false;
    }
}
