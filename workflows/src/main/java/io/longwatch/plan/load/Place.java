package io.longwatch.plan.load;

import java.util.Collections;
import java.util.List;

/**
 * When something of a plan has its turn.
 *
 * @param order of all turns of the plan
 * @param groups parallel groups around it: what shares one runs at the same time
 */
record Place(int order, List<Integer> groups) {
    Place {
        groups = List.copyOf(groups);
    }

    boolean comesAfter(Place other) {
        return order > other.order && !runsBeside(other);
    }

    boolean runsBeside(Place other) {
        return order != other.order && !Collections.disjoint(groups, other.groups);
    }
}
