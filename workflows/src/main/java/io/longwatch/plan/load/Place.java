package io.longwatch.plan.load;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * When something of a plan has its turn.
 *
 * @param order of all turns of the plan
 * @param groups parallel groups around it: what shares one runs at the same time
 * @param instead steps in whose stead it runs, by number: it has its turn only if they fail
 * @param conditions what must hold at the start for it to have its turn at all
 */
record Place(int order, List<Integer> groups, List<Integer> instead, List<String> conditions) {
    Place {
        groups = List.copyOf(groups);
        instead = List.copyOf(instead);
        conditions = List.copyOf(conditions);
    }

    /** A turn that comes for certain, beside nothing. */
    static Place certain(int order) {
        return new Place(order, List.of(), List.of(), List.of());
    }

    Place at(int turn) {
        return new Place(turn, groups, instead, conditions);
    }

    Place within(int group) {
        return new Place(order, with(groups, group), instead, conditions);
    }

    Place insteadOf(int step) {
        return new Place(order, groups, with(instead, step), conditions);
    }

    Place when(String condition) {
        return new Place(order, groups, instead, with(conditions, condition));
    }

    private static <T> List<T> with(List<T> items, T item) {
        return Stream.concat(items.stream(), Stream.of(item)).toList();
    }

    boolean comesAfter(Place other) {
        return order > other.order && !runsBeside(other);
    }

    boolean runsBeside(Place other) {
        return order != other.order && !Collections.disjoint(groups, other.groups);
    }
}
