package io.longwatch.plan.load;

import io.longwatch.plan.Check;
import io.longwatch.plan.Check.OnNoData;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one thing that a soak looks at. */
final class CheckReader {
    private final Fields fields;
    private final Place place;

    CheckReader(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
    }

    Check read() {
        String id = Ids.read(fields);
        String title = fields.text("title");
        ActionUse use = ActionUse.read(fields, Scope.turn(place));
        refuseEffect(use);
        Check check = new Check(
                id,
                title,
                use.name(),
                use.with(),
                overResult("figure", use, Wanted.NUMBER),
                Optional.ofNullable(fields.optionalText("unit")).orElse(""),
                fields.optionalDuration("interval").orElse(null),
                fields.durationFromZero("initialDelay"),
                fields.number("count", 0, 0),
                overResult("successCondition", use, Wanted.CONDITION),
                overResult("failureCondition", use, Wanted.CONDITION),
                fields.number("failureLimit", 0, 0),
                fields.number("inconclusiveLimit", 0, 0),
                fields.number("consecutiveErrorLimit", 4, 0),
                fields.number("consecutiveSuccessLimit", 0, 0),
                fields.choice("onNoData", OnNoData.class).orElse(OnNoData.INCONCLUSIVE),
                fields.covers(place));
        warnOfNoCondition(use);
        fields.done();
        return check;
    }

    private @Nullable String overResult(String field, ActionUse use, Wanted wanted) {
        if (use.spec().isEmpty()) {
            fields.knowing(field);
            return null;
        }
        return fields.expression(field, Scope.turn(place).withResult(use.spec().get(), fields.node()), wanted);
    }

    private void refuseEffect(ActionUse use) {
        if (use.changes()) {
            fields.error(
                    fields.node().get("uses").orElseThrow().position(),
                    ": " + use.name() + " changes something; a soak only looks, use an action that reads");
        }
    }

    private void warnOfNoCondition(ActionUse use) {
        boolean judges = fields.node().get("successCondition").isPresent()
                || fields.node().get("failureCondition").isPresent();
        if (!judges && use.spec().isPresent()) {
            fields.reading()
                    .problems()
                    .warning(
                            fields.node().position(),
                            fields.owner() + " has no condition: every answer passes that " + use.name()
                                    + " does not fail by itself; add successCondition or failureCondition");
        }
    }
}
