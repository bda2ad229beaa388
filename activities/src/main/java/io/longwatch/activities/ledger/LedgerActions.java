package io.longwatch.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.ReleaseRecord;
import java.sql.SQLException;

/** Writes pages of releases. */
public final class LedgerActions implements LedgerActivities {
    private final Ledger ledger;

    public LedgerActions(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public boolean keep(StepRef release, LedgerPage page) {
        PageRows rows = new PageRows(page, record(page));
        try {
            return ledger.write(transaction -> {
                rows.write(transaction);
                return true;
            });
        } catch (SQLException | InvalidLedger e) {
            throw Failures.unavailable("ledger " + ledger.address() + ": " + e.getMessage(), null);
        }
    }

    private static ReleaseRecord record(LedgerPage page) {
        try {
            return Json.mapper().treeToValue(page.record(), ReleaseRecord.class);
        } catch (JsonProcessingException e) {
            throw Failures.invalid("the page's record cannot be read: " + e.getOriginalMessage());
        }
    }
}
