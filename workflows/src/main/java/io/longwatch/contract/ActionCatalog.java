package io.longwatch.contract;

import io.temporal.activity.ActivityMethod;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All actions, read once from the contracts by reflection. */
public final class ActionCatalog {
    private final SortedMap<String, ActionSpec> byName;

    private ActionCatalog(SortedMap<String, ActionSpec> byName) {
        this.byName = byName;
    }

    /**
     * Reads contracts.
     *
     * @throws IllegalArgumentException if a contract breaks the grammar: a name twice, a wrong parameter, an effect
     *     without its two companions
     */
    public static ActionCatalog of(List<Class<?>> contracts) {
        SortedMap<String, ActionSpec> byName = new TreeMap<>();
        for (Class<?> contract : contracts) {
            SortedSet<String> activities = activityNames(contract);
            for (Method method : contract.getMethods()) {
                Action action = method.getAnnotation(Action.class);
                if (action != null) {
                    ActionSpec spec = ActionSpec.of(
                            method.getAnnotation(ActivityMethod.class).name(),
                            contract.getAnnotation(ActionSystem.class),
                            action,
                            method);
                    requireCompanions(spec, activities);
                    if (byName.put(spec.name(), spec) != null) {
                        throw new IllegalArgumentException("two contracts name an action " + spec.name());
                    }
                }
            }
        }
        return new ActionCatalog(byName);
    }

    private static SortedSet<String> activityNames(Class<?> contract) {
        SortedSet<String> names = new TreeSet<>();
        for (Method method : contract.getMethods()) {
            names.add(method.getAnnotation(ActivityMethod.class).name());
        }
        return names;
    }

    private static void requireCompanions(ActionSpec spec, SortedSet<String> activities) {
        if (spec.hasEffect() && !activities.containsAll(List.of(spec.beforeName(), spec.undoName()))) {
            throw new IllegalArgumentException("contract of " + spec.name() + " has an effect and needs "
                    + spec.beforeName() + " and " + spec.undoName());
        }
    }

    public Optional<ActionSpec> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The action of that name.
     *
     * @throws IllegalArgumentException if there is none; loaded plans name only known ones
     */
    public ActionSpec get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no action '" + name + "'"));
    }

    /** All, by name. */
    public Collection<ActionSpec> all() {
        return byName.values();
    }
}
