package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.Rollback.Restore;
import io.longwatch.plan.load.Declared.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the way back. */
final class RollbackReader {
    private final Reading reading;
    private final Map<String, String> undoneBy = new LinkedHashMap<>();

    RollbackReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Rollback> read(Located node) {
        return Fields.of(reading, "rollback", node).map(this::read);
    }

    private Rollback read(Fields fields) {
        List<Restore> restore = new ArrayList<>();
        for (Located node : fields.list("restore")) {
            Fields.of(reading, Ids.label(Kind.RESTORE, node), node)
                    .map(this::restore)
                    .ifPresent(restore::add);
        }
        Rollback rollback = new Rollback(restore, steps(fields, "verify"), steps(fields, "dataLoss"));
        fields.done();
        return rollback;
    }

    private List<ActionStep> steps(Fields fields, String section) {
        return fields.list(section).stream()
                .flatMap(node -> Fields.of(reading, Ids.label(Kind.ROLLBACK_STEP, node), node).stream())
                .map(this::step)
                .toList();
    }

    private ActionStep step(Fields fields) {
        return new ActionStepReader(fields, reading.index().placeOf(fields.node())).readOfRollback();
    }

    private Restore restore(Fields fields) {
        String id = Ids.read(fields);
        String title = fields.text("title");
        Place place = reading.index().placeOf(fields.node());
        List<Located.Scalar> undoes = fields.names("undoes");
        undoes.forEach(name -> checkUndone(fields, id, name));
        boolean acts = fields.optional("uses").isPresent();
        checkCount(fields, undoes, acts);
        @Nullable ActionStep action = acts ? new ActionStepReader(fields, place).readWithin(id, title) : null;
        Restore restore = new Restore(
                id, title, undoes.stream().map(Located.Scalar::text).toList(), action, fields.covers(place));
        fields.done();
        return restore;
    }

    private void checkCount(Fields fields, List<Located.Scalar> undoes, boolean acts) {
        Optional<Located> written = fields.optional("undoes");
        if (written.isEmpty() || Nodes.isEmptyList(written.get())) {
            fields.error(
                    fields.node()
                            .entry("undoes")
                            .map(entry -> entry.key().position())
                            .orElse(fields.node().position()),
                    " undoes nothing; name the step in undoes");
        } else if (undoes.size() > 1 && !acts) {
            fields.error(
                    undoes.get(1).position(),
                    " undoes " + undoes.size() + " steps; name one, or an action in uses that takes them all back");
        }
    }

    private void checkUndone(Fields fields, String id, Located.Scalar name) {
        Optional<Declared> step = reading.index().find(name.text());
        if (step.isEmpty() && reading.index().nameless()) {
            return;
        }
        if (step.isEmpty() || step.get().kind() != Kind.STEP) {
            fields.error(
                    name.position(),
                    ": undoes '" + name.text() + "', which is no step of a phase" + Nearest.hint(name.text(), steps()));
            return;
        }
        @Nullable ActionSpec action = step.get().action();
        if (action != null && !action.hasEffect()) {
            fields.error(
                    name.position(),
                    ": undoes '" + name.text() + "', but " + action.name() + " changes nothing; remove it");
        }
        @Nullable String other = undoneBy.putIfAbsent(name.text(), id);
        if (other != null) {
            fields.error(
                    name.position(), ": step '" + name.text() + "' is undone by '" + other + "' already; keep one");
        }
    }

    private List<String> steps() {
        return reading.index().all().stream()
                .filter(declared -> declared.kind() == Kind.STEP)
                .map(Declared::id)
                .toList();
    }
}
