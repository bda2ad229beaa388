package io.longwatch.plan.coverage;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a plan answers its checklist, box by box.
 *
 * @param boxes every box, by number; none if the plan names no checklist
 */
public record Coverage(List<BoxCoverage> boxes) {
    public Coverage {
        boxes = List.copyOf(boxes);
    }

    public static Coverage of(ReleasePlan plan) {
        Source source = plan.source();
        if (source == null) {
            return new Coverage(List.of());
        }
        Map<Integer, List<Covering>> coverings = new Coverings(plan).byBox();
        Map<Integer, BoxCoverage> boxes = new TreeMap<>();
        for (int number = source.boxes(); number >= 1; number--) {
            List<Integer> children = source.parents().getOrDefault(number, List.of());
            List<Covering> by = coverings.getOrDefault(number, List.of());
            boxes.put(number, new BoxCoverage(number, children, by, answered(children, by, boxes)));
        }
        return new Coverage(new ArrayList<>(boxes.values()));
    }

    /** A parent stands ahead of its boxes, so that these are known already when boxes are read from the last. */
    private static @Nullable BoxClass answered(
            List<Integer> children, List<Covering> by, Map<Integer, BoxCoverage> known) {
        @Nullable BoxClass own = by.isEmpty() ? null : classOf(by);
        @Nullable BoxClass weakest = null;
        for (int child : children) {
            BoxCoverage box = known.get(child);
            if (box == null || box.answered() == null) {
                return own;
            }
            weakest = weaker(weakest, box.answered());
        }
        return weakest == null || own == null ? (weakest == null ? own : weakest) : weaker(weakest, own);
    }

    private static BoxClass weaker(@Nullable BoxClass one, BoxClass other) {
        return one == null || other.compareTo(one) > 0 ? other : one;
    }

    private static BoxClass classOf(List<Covering> by) {
        boolean machine = by.stream().anyMatch(covering -> covering.kind().isMachine());
        boolean person = by.stream().anyMatch(covering -> covering.kind().isPerson());
        if (!machine) {
            return BoxClass.ATTEST;
        }
        return person ? BoxClass.ASSIST : BoxClass.AUTO;
    }

    public int total() {
        return boxes.size();
    }

    public int covered() {
        return (int) boxes.stream().filter(BoxCoverage::isCovered).count();
    }

    /** Boxes that nothing answers, but the parents of such boxes. */
    public List<Integer> uncovered() {
        return boxes.stream()
                .filter(box -> !box.isCovered() && !(box.isParent() && hasUncoveredChild(box)))
                .map(BoxCoverage::number)
                .toList();
    }

    private boolean hasUncoveredChild(BoxCoverage parent) {
        return boxes.stream().anyMatch(box -> parent.children().contains(box.number()) && !box.isCovered());
    }

    /** Covered boxes of each class, without the parents, which only sum up. */
    public Map<BoxClass, Integer> totals() {
        Map<BoxClass, Integer> totals = new EnumMap<>(BoxClass.class);
        for (BoxClass each : BoxClass.values()) {
            totals.put(each, 0);
        }
        boxes.stream().filter(box -> !box.isParent()).forEach(box -> {
            if (box.answered() != null) {
                totals.merge(box.answered(), 1, Integer::sum);
            }
        });
        return totals;
    }

    /** How many boxes each part of the plan has a share in, in the order of the kinds. */
    public Map<Covering.Kind, Integer> kinds() {
        Map<Covering.Kind, Integer> kinds = new EnumMap<>(Covering.Kind.class);
        boxes.forEach(box ->
                box.by().stream().map(Covering::kind).distinct().forEach(kind -> kinds.merge(kind, 1, Integer::sum)));
        return kinds;
    }

    public int parents() {
        return (int) boxes.stream().filter(BoxCoverage::isParent).count();
    }
}
