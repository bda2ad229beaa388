package io.longwatch.release;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.plan.ReleasePlan;

/**
 * What the parts of a running release share.
 *
 * @param journal what is written down
 * @param catalog the actions there are
 * @param actions how they are called
 * @param scope what expressions see
 * @param effects ways back
 * @param desk where people are asked
 * @param herald how they are told
 * @param stops how the forward part ends
 * @param edition by which rules about people it goes
 */
record Course(
        Journal journal,
        ActionCatalog catalog,
        Actions actions,
        Scope scope,
        Effects effects,
        Desk desk,
        Herald herald,
        Stops stops,
        Edition edition) {
    ReleasePlan plan() {
        return journal.plan();
    }
}
