package io.longwatch.plan.load;

import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Outcome;
import java.time.Duration;
import java.util.List;

/** Reads what a person attests. */
final class ItemReader {
    private static final Duration DEADLINE = Duration.ofHours(24);

    private final Fields fields;
    private final Place place;

    ItemReader(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
    }

    ChecklistItem read() {
        Fields item = fields.required("item")
                .flatMap(node -> Fields.of(fields.reading(), fields.owner(), node))
                .orElseGet(() -> new Fields(
                        fields.reading(),
                        fields.owner(),
                        new Located.Mapping(fields.node().position(), List.of())));
        boolean required = item.flag("required", true);
        ChecklistItem read = new ChecklistItem(
                Ids.read(fields),
                fields.text("title"),
                fields.expression("when", Scope.start(), Wanted.CONDITION),
                item.role("role"),
                item.optionalText("evidence"),
                required,
                item.duration("deadline", DEADLINE),
                item.choice("onDeadline", Outcome.class).orElse(required ? Outcome.HOLD : Outcome.CONTINUE),
                fields.covers(place));
        item.done();
        fields.done();
        return read;
    }
}
