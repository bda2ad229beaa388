package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Effect;
import io.longwatch.contract.Undo;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ActionStep.OnFailure;
import io.longwatch.plan.load.Declared.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a step that an action carries out. */
final class ActionStepReader {
    private static final Duration UNKNOWN = Duration.ofMinutes(5);

    private final Fields fields;
    private final Place place;
    private final Scope turn;

    ActionStepReader(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
        this.turn = Scope.turn(place);
    }

    ActionStep read() {
        String id = Ids.read(fields);
        String title = fields.text("title");
        ActionUse use = ActionUse.read(fields, turn);
        OnFailure onFailure = fields.choice("onFailure", OnFailure.class).orElse(null);
        ActionStep step = new ActionStep(
                id,
                title,
                use.name(),
                use.with(),
                expectation(use),
                fields.expression("when", Scope.start(), Wanted.CONDITION),
                timeout(use),
                attempts(use),
                undo(id, use),
                irreversible(use),
                fields.optionalRole("confirm"),
                onFailure,
                rollForward(onFailure),
                validFor(use),
                baseline(use),
                fields.covers(place));
        fields.done();
        return step;
    }

    /** A step of the rollback, which only looks: what it fails by is asked, and nothing comes after it. */
    ActionStep readOfRollback() {
        refuseOfRollback();
        String id = Ids.read(fields);
        String title = fields.text("title");
        ActionUse use = ActionUse.read(fields, turn);
        refuseEffect(use);
        ActionStep step = new ActionStep(
                id,
                title,
                use.name(),
                use.with(),
                expectation(use),
                fields.expression("when", Scope.start(), Wanted.CONDITION),
                timeout(use),
                attempts(use),
                Undo.KEEP,
                null,
                null,
                null,
                List.of(),
                null,
                baseline(use),
                fields.covers(place));
        fields.done();
        return step;
    }

    private void refuseOfRollback() {
        String asked = "when a step of the rollback fails people are asked";
        fields.refuse("onFailure", asked);
        fields.refuse("rollForward", asked);
        fields.refuse("confirm", "nobody confirms a step of the rollback");
        fields.refuse("validFor", "a step of the rollback is not looked at again");
        fields.refuse("undo", "a step of the rollback only looks");
        fields.refuse("irreversible", "a step of the rollback only looks");
    }

    private void refuseEffect(ActionUse use) {
        if (use.changes()) {
            fields.error(
                    positionOf("uses"),
                    ": " + use.name() + " changes something; a step of the rollback only looks, what takes back stands"
                            + " under restore");
        }
    }

    /** The action of a restore step, whose id, title and covers its owner reads. */
    ActionStep readWithin(String id, String title) {
        ActionUse use = ActionUse.read(fields, turn);
        return new ActionStep(
                id,
                title,
                use.name(),
                use.with(),
                expectation(use),
                null,
                timeout(use),
                attempts(use),
                Undo.KEEP,
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(),
                List.of());
    }

    private @Nullable String expectation(ActionUse use) {
        if (use.spec().isEmpty()) {
            fields.knowing("expect");
            return null;
        }
        return fields.expression("expect", turn.withResult(use.spec().get(), fields.node()), Wanted.CONDITION);
    }

    private Duration timeout(ActionUse use) {
        return fields.duration("timeout", use.spec().map(ActionSpec::timeout).orElse(UNKNOWN));
    }

    private int attempts(ActionUse use) {
        Optional<Located> retry = fields.optional("retry");
        Optional<Fields> inner = retry.flatMap(node -> Fields.of(fields.reading(), fields.owner() + ": retry", node));
        int attempts = inner.map(retries -> retries.number("attempts", 0, 0)).orElse(0);
        inner.ifPresent(Fields::done);
        if (attempts > 1 && use.spec().map(ActionSpec::effect).orElse(Effect.NONE) == Effect.AT_MOST_ONCE) {
            fields.error(
                    retry.orElseThrow().position(),
                    ": " + use.name() + " cannot be repeated safely and is tried once; remove retry");
        }
        return attempts;
    }

    /** What a move of the restore stage takes back is what users feel, whatever it is by itself. */
    private Undo undo(String id, ActionUse use) {
        Optional<Undo> chosen = fields.choice("undo", Undo.class);
        if (use.spec().isEmpty()) {
            return chosen.orElse(Undo.KEEP);
        }
        if (chosen.isPresent() && chosen.get() != Undo.KEEP && use.onlyLooks()) {
            fields.error(positionOf("undo"), ": " + use.name() + " changes nothing to undo; remove undo");
        }
        boolean restored = fields.reading().index().restores(id);
        if (restored && chosen.equals(Optional.of(Undo.KEEP))) {
            fields.error(
                    positionOf("undo"),
                    ": a move of the rollback's restore stage undoes it, which undo 'keep' denies; write restore, or"
                            + " take it out of undoes");
        }
        Undo byItself = restored ? Undo.RESTORE : use.spec().get().undo();
        return chosen.orElse(use.changes() ? byItself : Undo.KEEP);
    }

    private @Nullable String irreversible(ActionUse use) {
        String why = fields.optionalText("irreversible");
        if (why != null && use.onlyLooks()) {
            fields.error(positionOf("irreversible"), ": " + use.name() + " changes nothing; remove irreversible");
        } else if (why != null && !fields.reading().index().gateAheadOf(place)) {
            fields.reading()
                    .problems()
                    .warning(
                            positionOf("irreversible"),
                            fields.owner() + " cannot be taken back and no gate stands ahead of it; put one there");
        }
        return why;
    }

    private List<ActionStep> rollForward(@Nullable OnFailure onFailure) {
        boolean said = onFailure == OnFailure.ROLL_FORWARD;
        boolean misspelt = onFailure == null && fields.node().get("onFailure").isPresent();
        List<Located> nodes = fields.list("rollForward");
        if (said && nodes.isEmpty()) {
            fields.error(
                    positionOf("onFailure"),
                    " rolls forward by no step; add rollForward: with the steps that run in its stead");
        } else if (!said && !misspelt && !nodes.isEmpty()) {
            fields.error(
                    positionOf("rollForward"),
                    ": nothing leads to rollForward; add onFailure: rollForward, or remove the steps");
        }
        return nodes.stream()
                .flatMap(node -> Fields.of(fields.reading(), Ids.label(Kind.STEP, node), node).stream())
                .map(inner ->
                        new ActionStepReader(inner, inner.reading().index().placeOf(inner.node())).read())
                .toList();
    }

    private @Nullable Duration validFor(ActionUse use) {
        Optional<Duration> validFor = fields.optionalDuration("validFor");
        if (validFor.isPresent() && use.changes()) {
            fields.error(
                    positionOf("validFor"),
                    ": " + use.name() + " changes something and is not carried out again at T; remove validFor");
        }
        return validFor.orElse(null);
    }

    private Map<String, String> baseline(ActionUse use) {
        Map<String, String> figures = new LinkedHashMap<>();
        for (Located.Entry entry : fields.entries("baseline")) {
            if (!entry.name().matches("[A-Za-z_]\\w*")) {
                fields.error(
                        entry.key().position(),
                        ": baseline '" + entry.name() + "' is not a name; write letters and digits, such as p99Millis");
            }
            use.spec()
                    .flatMap(action -> fields.expression(
                            "baseline." + entry.name(),
                            entry.value(),
                            turn.withResult(action, fields.node()),
                            Wanted.ANYTHING))
                    .ifPresent(source -> figures.put(entry.name(), source));
        }
        return figures;
    }

    private Position positionOf(String field) {
        return fields.node().get(field).orElseThrow().position();
    }
}
