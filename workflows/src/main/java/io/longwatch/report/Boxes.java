package io.longwatch.report;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The source checklist as a release has answered it. Where several things answer a box it is as good as the weakest of
 * them; a parent is as good as the weakest box under it.
 *
 * @param boxes every box, in the checklist's order; empty for a plan without a checklist
 */
public record Boxes(List<Box> boxes) {
    public Boxes {
        boxes = List.copyOf(boxes);
    }

    public static Boxes of(ReleasePlan plan, ReleaseRecord record) {
        Source source = plan.source();
        if (source == null) {
            return new Boxes(List.of());
        }
        Coverings coverings = Coverings.of(plan, record);
        SortedMap<Integer, Box> known = new TreeMap<>();
        IntStream.rangeClosed(1, source.boxes()).forEach(number -> answer(number, source, coverings, known));
        return new Boxes(List.copyOf(known.values()));
    }

    private static Box answer(int number, Source source, Coverings coverings, SortedMap<Integer, Box> known) {
        Box found = known.get(number);
        if (found != null) {
            return found;
        }
        List<Covering> all = new ArrayList<>(coverings.of(number));
        known.put(number, Box.of(number, all));
        for (int child : source.parents().getOrDefault(number, List.of())) {
            all.add(asCovering(answer(child, source, coverings, known)));
        }
        Box box = Box.of(number, all);
        known.put(number, box);
        return box;
    }

    private static Covering asCovering(Box child) {
        return new Covering("box " + child.number(), "Box " + child.number(), child.state(), null, null, null);
    }

    public int total() {
        return boxes.size();
    }

    /** Boxes that need nobody's attention any more. */
    public int accountedFor() {
        return Math.toIntExact(boxes.stream().filter(Box::accountedFor).count());
    }

    public int count(StepState state) {
        return Math.toIntExact(
                boxes.stream().filter(box -> box.state() == state).count());
    }

    /** How many boxes are in each state that a box can be in, in the order in which they are shown. */
    public Map<StepState, Integer> counts() {
        Map<StepState, Integer> counts = new LinkedHashMap<>();
        BoxStates.ALL.forEach(state -> counts.put(state, count(state)));
        return Collections.unmodifiableMap(counts);
    }

    /** The box of that number, or null if the checklist has none. */
    public @Nullable Box box(int number) {
        return number < 1 || number > boxes.size() ? null : boxes.get(number - 1);
    }
}
