package io.longwatch.plan.load;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
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
    private static final Place NOWHERE = new Place(Integer.MAX_VALUE, List.of());

    private final ActionCatalog catalog;
    private final Map<String, Declared> byId = new LinkedHashMap<>();
    private final List<Declared> repeated = new ArrayList<>();
    private final IdentityHashMap<Located.Mapping, Place> places = new IdentityHashMap<>();
    private final Set<String> restored = new HashSet<>();
    private final List<Place> gates = new ArrayList<>();
    private Place soak = NOWHERE;
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
            Nodes.mappings(rollback, "verify").forEach(node -> index.add(node, Kind.ROLLBACK_STEP, List.of()));
            Nodes.mappings(rollback, "dataLoss").forEach(node -> index.add(node, Kind.ROLLBACK_STEP, List.of()));
        }
        Nodes.mappings(plan, "signOffs").forEach(node -> index.add(node, Kind.SIGN_OFF, List.of()));
        return index;
    }

    private void addPhase(Located.Mapping phase) {
        if (soak.equals(NOWHERE) && phase.get("after").isPresent()) {
            soak = new Place(turns++, List.of());
        }
        add(phase, Kind.PHASE, List.of());
        Nodes.mappings(phase, "steps").forEach(step -> addStep(step, List.of()));
    }

    private void addStep(Located.Mapping step, List<Integer> around) {
        if (step.get("parallel").isPresent()) {
            addGroup(step, around);
        } else {
            Kind kind =
                    step.get("gate").isPresent() ? Kind.GATE : step.get("item").isPresent() ? Kind.ITEM : Kind.STEP;
            add(step, kind, around);
            Nodes.mappings(step, "rollForward").forEach(instead -> addStep(instead, around));
        }
    }

    private void addGroup(Located.Mapping step, List<Integer> around) {
        if (step.get("parallel").orElse(null) instanceof Located.Mapping head) {
            add(head, Kind.GROUP, around);
        }
        List<Integer> inside = new ArrayList<>(around);
        inside.add(groups++);
        Nodes.mappings(step, "steps").forEach(branch -> addStep(branch, inside));
    }

    private void addSoak(Located node) {
        if (soak.equals(NOWHERE)) {
            soak = new Place(turns++, List.of());
        }
        if (node instanceof Located.Mapping soakNode) {
            Nodes.mappings(soakNode, "checks").forEach(check -> add(check, Kind.CHECK, List.of()));
            Nodes.mappings(soakNode, "windows").forEach(window -> add(window, Kind.WINDOW, List.of()));
        }
    }

    private void add(Located.Mapping node, Kind kind, List<Integer> around) {
        Place place = kind == Kind.CHECK || kind == Kind.WINDOW ? soak : new Place(turns++, around);
        places.put(node, place);
        if (kind == Kind.GATE) {
            gates.add(place);
        }
        Optional<Located.Scalar> id = Nodes.text(node, "id");
        if (id.isEmpty()) {
            nameless = true;
            return;
        }
        Declared declared =
                new Declared(id.get().text(), kind, id.get().position(), place, actionOf(node), baselineOf(node));
        if (byId.putIfAbsent(declared.id(), declared) != null) {
            repeated.add(declared);
        }
    }

    private void addRestore(Located.Mapping move) {
        add(move, Kind.RESTORE, List.of());
        restored.addAll(Nodes.names(move, "undoes"));
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
