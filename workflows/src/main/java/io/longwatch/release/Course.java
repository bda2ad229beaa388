package io.longwatch.release;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.expression.ExpressionFailed;
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
 * @param announcer how they are told
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
        Announcer announcer,
        Stops stops,
        Edition edition) {
    ReleasePlan plan() {
        return journal.plan();
    }

    /** An expression of the plan that cannot be evaluated ends the release in its name rather than block it. */
    Stopped endFor(ExpressionFailed failure) {
        String why = "the plan asks for what is not there: " + failure.getMessage();
        return stops.end(effects.servingBegun() ? new Stop.RollBack(why) : new Stop.Abort(why));
    }
}
