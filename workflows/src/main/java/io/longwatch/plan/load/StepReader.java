package io.longwatch.plan.load;

import io.longwatch.plan.Parallel;
import io.longwatch.plan.Step;
import io.longwatch.plan.load.Declared.Kind;
import java.util.List;
import java.util.Optional;

/** Reads one entry of a phase: an action step, a gate, an item or a parallel group. */
final class StepReader {
    private static final List<String> KINDS = List.of("uses", "parallel", "gate", "item");

    private final Reading reading;

    StepReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Step> read(Located node) {
        if (!(node instanceof Located.Mapping mapping)) {
            reading.boxes().incomplete();
            Fields.of(reading, "a step", node);
            return Optional.empty();
        }
        List<String> kinds =
                KINDS.stream().filter(kind -> mapping.get(kind).isPresent()).toList();
        if (kinds.size() == 1) {
            return Optional.of(read(mapping, kinds.get(0)));
        }
        reportKinds(mapping, kinds);
        return Optional.empty();
    }

    private void reportKinds(Located.Mapping node, List<String> kinds) {
        reading.boxes().incomplete();
        String label = Ids.label(Kind.STEP, node);
        if (!kinds.isEmpty()) {
            reading.problems()
                    .error(node.position(), label + " has " + String.join(" and ", kinds) + "; it is one of them");
            return;
        }
        Optional<Located.Entry> meant = node.entries().stream()
                .filter(entry -> Nearest.to(entry.name(), KINDS).isPresent())
                .findFirst();
        meant.ifPresentOrElse(
                entry -> reading.problems()
                        .error(
                                entry.key().position(),
                                "unknown field '" + entry.name() + "' in " + label + Nearest.hint(entry.name(), KINDS)),
                () -> reading.problems()
                        .error(
                                node.position(),
                                label + " does nothing; add uses: with an action's name, or gate, item or parallel"));
    }

    private Step read(Located.Mapping node, String kind) {
        return switch (kind) {
            case "gate" ->
                new GateReader(fields(Kind.GATE, node), reading.index().placeOf(node)).read();
            case "item" ->
                new ItemReader(fields(Kind.ITEM, node), reading.index().placeOf(node)).read();
            case "parallel" -> group(node);
            default ->
                new ActionStepReader(fields(Kind.STEP, node), reading.index().placeOf(node)).read();
        };
    }

    private Fields fields(Kind kind, Located.Mapping node) {
        return new Fields(reading, Ids.label(kind, node), node);
    }

    private Parallel group(Located.Mapping node) {
        Fields outer = new Fields(reading, "a parallel group", node);
        Optional<Fields> head =
                outer.optional("parallel").flatMap(value -> Fields.of(reading, Ids.label(Kind.GROUP, value), value));
        List<Located> branches = outer.list("steps");
        if (branches.size() < 2) {
            reading.problems()
                    .error(
                            node.position(),
                            head.map(Fields::owner).orElse("a parallel group") + " has " + branches.size()
                                    + " steps; it takes two or more");
        }
        Parallel group = new Parallel(
                head.map(Ids::read).orElse(""),
                head.map(fields -> fields.text("title")).orElse(""),
                head.map(fields -> fields.expression("when", Scope.start(), Wanted.CONDITION))
                        .orElse(null),
                branches.stream().map(this::read).flatMap(Optional::stream).toList());
        head.ifPresent(Fields::done);
        outer.done();
        return group;
    }

    /** Reads the steps of a list; what cannot be read at all is left out. */
    List<Step> readAll(List<Located> nodes) {
        return nodes.stream().map(this::read).flatMap(Optional::stream).toList();
    }
}
