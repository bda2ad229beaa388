package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.ReleaseRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsed release would write into a ledger at its end: its record, for which a closed workflow would have to be
 * replayed. To the release it is as if there were no ledger.
 */
final class LastPage implements LedgerActivities {
    private volatile @Nullable LedgerPage page;

    @Override
    public boolean keep(StepRef release, LedgerPage newer) {
        page = newer;
        return false;
    }

    /** The record of a release that has ended in a workflow; empty if it wrote none there. */
    Optional<ReleaseRecord> of(String workflowId) {
        return Optional.ofNullable(page)
                .filter(last -> last.workflowId().equals(workflowId))
                .map(LastPage::record)
                .filter(record -> record.state().ended());
    }

    private static ReleaseRecord record(LedgerPage page) {
        try {
            return Json.mapper().treeToValue(page.record(), ReleaseRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a release wrote of itself cannot be read", e);
        }
    }
}
