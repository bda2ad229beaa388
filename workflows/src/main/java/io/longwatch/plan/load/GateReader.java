package io.longwatch.plan.load;

import io.longwatch.plan.Gate;
import io.longwatch.plan.Gate.Approval;
import io.longwatch.plan.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a point that people must open. */
final class GateReader {
    private static final Duration DEADLINE = Duration.ofHours(1);

    private final Fields fields;
    private final Place place;

    GateReader(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
    }

    Gate read() {
        Fields gate = fields.required("gate")
                .flatMap(node -> Fields.of(fields.reading(), fields.owner(), node))
                .orElseGet(() -> new Fields(
                        fields.reading(),
                        fields.owner(),
                        new Located.Mapping(fields.node().position(), List.of())));
        Gate read = new Gate(
                Ids.read(fields),
                fields.text("title"),
                fields.expression("when", Scope.start(), Wanted.CONDITION),
                approvals(gate),
                gate.flag("fourEyes", false),
                gate.duration("deadline", DEADLINE),
                onDeadline(gate),
                gate.optionalRole("escalateTo"),
                bound(gate),
                fields.covers(place));
        gate.done();
        fields.done();
        return read;
    }

    /** Only people open a gate: silence may end the release or hold it. */
    private static Outcome onDeadline(Fields gate) {
        Optional<Outcome> outcome = gate.choice("onDeadline", Outcome.class);
        if (outcome.equals(Optional.of(Outcome.CONTINUE))) {
            gate.error(
                    gate.node().get("onDeadline").orElse(gate.node()).position(),
                    ": onDeadline 'continue' would open it without anyone's approval; write abort, rollback or hold");
        }
        return outcome.orElse(Outcome.ABORT);
    }

    private static List<Approval> approvals(Fields gate) {
        List<Located> items = gate.list("approvals");
        boolean unread = gate.node()
                .get("approvals")
                .filter(node -> !(node instanceof Located.Sequence))
                .isPresent();
        if (items.isEmpty() && !unread) {
            gate.error(gate.node().position(), " asks nobody; add approvals: [{role: ...}]");
        }
        return items.stream()
                .flatMap(item -> Fields.of(gate.reading(), gate.owner() + ": an approval", item).stream())
                .map(GateReader::approval)
                .toList();
    }

    private static Approval approval(Fields fields) {
        Approval approval = new Approval(fields.role("role"), fields.number("count", 1, 1));
        fields.done();
        return approval;
    }

    private List<String> bound(Fields gate) {
        return gate.items("bind").stream()
                .map(item -> gate.expression("bind", item, Scope.turn(place), Wanted.ANYTHING))
                .flatMap(Optional::stream)
                .toList();
    }
}
