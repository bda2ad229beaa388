package io.longwatch.plan.load;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.expression.Expressions;
import io.longwatch.plan.load.Declared.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a plan declares, and when each thing has its turn. Made before anything is judged, so that a reference to a
 * broken step is still known for what it is.
 */
final class PlanIndex {
    private static final Place NOWHERE = Place.certain(Integer.MAX_VALUE);

    private final ActionCatalog catalog;
    private final Map<String, Declared> byId = new LinkedHashMap<>();
    private final List<Declared> repeated = new ArrayList<>();
    private final IdentityHashMap<Located.Mapping, Place> places = new IdentityHashMap<>();
    private final Set<String> restored = new HashSet<>();
    private final List<Place> gates = new ArrayList<>();
    private Place soak = NOWHERE;
    private Place afterSoak = NOWHERE;
    private boolean nameless;
    private int turns;
    private int groups;

    private PlanIndex(ActionCatalog catalog) {
        this.catalog = catalog;
    }

    static PlanIndex of(Located.Mapping plan, ActionCatalog catalog) {
        PlanIndex index = new PlanIndex(catalog);
        Nodes.mappings(plan, "phases").forEach(index::addPhase);
        plan.get("soak").ifPresent(index::addSoak);
        if (plan.get("rollback").orElse(null) instanceof Located.Mapping rollback) {
            Nodes.mappings(rollback, "restore").forEach(index::addRestore);
            Nodes.mappings(rollback, "verify").forEach(node -> index.add(node, Kind.ROLLBACK_STEP, NOWHERE));
            Nodes.mappings(rollback, "dataLoss").forEach(node -> index.add(node, Kind.ROLLBACK_STEP, NOWHERE));
        }
        Nodes.mappings(plan, "signOffs").forEach(node -> index.add(node, Kind.SIGN_OFF, NOWHERE));
        return index;
    }

    private void addPhase(Located.Mapping phase) {
        if (phase.get("after").isPresent()) {
            endSoak();
        }
        add(phase, Kind.PHASE, NOWHERE);
        Nodes.mappings(phase, "steps").forEach(step -> addStep(step, NOWHERE));
        if (PhaseReader.deploys(phase)) {
            beginSoak();
        }
    }

    /** The soak begins at the end of the phase at T: phases behind that one run beside it. */
    private void beginSoak() {
        if (soak.equals(NOWHERE)) {
            soak = Place.certain(turns++);
        }
    }

    private void endSoak() {
        beginSoak();
        if (afterSoak.equals(NOWHERE)) {
            afterSoak = Place.certain(turns++);
        }
    }

    private void addStep(Located.Mapping step, Place around) {
        if (step.get("parallel").isPresent()) {
            addGroup(step, around);
        } else {
            Kind kind =
                    step.get("gate").isPresent() ? Kind.GATE : step.get("item").isPresent() ? Kind.ITEM : Kind.STEP;
            Place own = conditioned(step, around);
            add(step, kind, own);
            Place instead = own.insteadOf(groups++);
            Nodes.mappings(step, "rollForward").forEach(other -> addStep(other, instead));
        }
    }

    private void addGroup(Located.Mapping step, Place around) {
        Place own = around;
        if (step.get("parallel").orElse(null) instanceof Located.Mapping head) {
            own = conditioned(head, around);
            add(head, Kind.GROUP, own);
        }
        Place inside = own.within(groups++);
        Nodes.mappings(step, "steps").forEach(branch -> addStep(branch, inside));
    }

    private static Place conditioned(Located.Mapping node, Place around) {
        return Nodes.text(node, "when").map(when -> around.when(when.text())).orElse(around);
    }

    private void addSoak(Located node) {
        endSoak();
        if (node instanceof Located.Mapping soakNode) {
            List<Located.Mapping> windows = Nodes.mappings(soakNode, "windows");
            Nodes.mappings(soakNode, "checks").forEach(check -> add(check, Kind.CHECK, turnOf(check, windows)));
            windows.forEach(window -> add(window, Kind.WINDOW, soak));
        }
    }

    /** A check has its turn when the first window that it is of begins: of a later one, what runs beside the soak may have. */
    private Place turnOf(Located.Mapping check, List<Located.Mapping> windows) {
        String id = Nodes.text(check, "id").map(Located.Scalar::text).orElse("");
        boolean first = windows.stream()
                .limit(1)
                .anyMatch(window -> window.get("checks").isEmpty()
                        || Nodes.names(window, "checks").contains(id));
        return first ? soak : afterSoak;
    }

    private void add(Located.Mapping node, Kind kind, Place around) {
        Place place = kind == Kind.CHECK || kind == Kind.WINDOW ? around : around.at(turns++);
        places.put(node, place);
        if (kind == Kind.GATE) {
            gates.add(place);
        }
        Optional<Located.Scalar> id = Nodes.text(node, "id");
        if (id.isEmpty()) {
            nameless = true;
            return;
        }
        ActionSpec action = actionOf(node);
        Declared declared = new Declared(
                id.get().text(),
                kind,
                id.get().position(),
                place,
                action,
                ChosenNames.of(action, node),
                baselineOf(node));
        if (byId.putIfAbsent(declared.id(), declared) != null) {
            repeated.add(declared);
        }
    }

    private void addRestore(Located.Mapping move) {
        List<String> undone = Nodes.names(move, "undoes");
        add(move, Kind.RESTORE, undone.size() == 1 ? sharedWith(undone.get(0)) : NOWHERE);
        restored.addAll(undone);
    }

    /** A move that undoes one step has its turn only if that one had. */
    private Place sharedWith(String step) {
        return find(step)
                .map(declared -> new Place(
                        0,
                        List.of(),
                        declared.place().instead(),
                        declared.place().conditions()))
                .orElse(NOWHERE);
    }

    private @Nullable ActionSpec actionOf(Located.Mapping node) {
        return Nodes.text(node, "uses")
                .flatMap(name -> catalog.find(name.text()))
                .orElse(null);
    }

    private static List<String> baselineOf(Located.Mapping node) {
        return node.get("baseline").orElse(null) instanceof Located.Mapping figures
                ? figures.entries().stream().map(Located.Entry::name).toList()
                : List.of();
    }

    Optional<Declared> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A thing by the name that expressions know it by. */
    Optional<Declared> findByVariable(String name) {
        return byId.values().stream()
                .filter(declared -> Expressions.variableOf(declared.id()).equals(name))
                .findFirst();
    }

    Collection<Declared> all() {
        return byId.values();
    }

    /** Things whose id another thing has already. */
    List<Declared> repeated() {
        return repeated;
    }

    /** Whether something has no readable id: what is not found may then be that. */
    boolean nameless() {
        return nameless;
    }

    Place placeOf(Located.Mapping node) {
        return places.getOrDefault(node, NOWHERE);
    }

    /** Whether that is a turn of the soak. */
    boolean isSoak(Place place) {
        return place.equals(soak) || place.equals(afterSoak);
    }

    /** Whether a move of the restore stage names a step. */
    boolean restores(String step) {
        return restored.contains(step);
    }

    boolean gateAheadOf(Place place) {
        return gates.stream().anyMatch(place::comesAfter);
    }

    /** Steps with a known action that have run when a place is reached. */
    Map<String, ActionSpec> actionsBefore(Place place) {
        Map<String, ActionSpec> actions = new LinkedHashMap<>();
        for (Declared declared : byId.values()) {
            ActionSpec action = declared.action();
            if (action != null && declared.kind().hasResult() && place.comesAfter(declared.place())) {
                actions.put(declared.id(), action);
            }
        }
        return actions;
    }

    /** Names of figures that have been recorded when a place is reached. */
    List<String> figuresBefore(Place place) {
        return byId.values().stream()
                .filter(declared -> place.comesAfter(declared.place()))
                .flatMap(declared -> declared.baseline().stream())
                .distinct()
                .toList();
    }

    /** The step that records a figure of that name. */
    Optional<Declared> recorderOf(String figure) {
        return byId.values().stream()
                .filter(declared -> declared.baseline().contains(figure))
                .findFirst();
    }
}
