package io.longwatch.plan.load;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import io.longwatch.plan.coverage.Coverage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether every box of the checklist is answered, by something that comes at the right time. */
final class BoxCheck {
    private final Problems problems;
    private final BoxNotes notes;
    private final PlanIndex index;

    BoxCheck(Problems problems, BoxNotes notes, PlanIndex index) {
        this.problems = problems;
        this.notes = notes;
        this.index = index;
    }

    /**
     * Looks at the whole plan.
     *
     * @param plan as read
     * @param boxes where the number of boxes stands
     */
    void check(ReleasePlan plan, Position boxes) {
        Source source = plan.source();
        if (source == null) {
            warnOfNoSource();
            return;
        }
        if (source.boxes() == 0) {
            return;
        }
        reportUnknown(source);
        List<Integer> uncovered = Coverage.of(plan).uncovered();
        if (!uncovered.isEmpty() && notes.complete()) {
            problems.error(
                    boxes,
                    (uncovered.size() == 1 ? "box " : "boxes ") + ranges(uncovered) + " of " + source.checklist()
                            + (uncovered.size() == 1 ? " is" : " are")
                            + " covered by nothing; add to the covers of what answers, or add an item");
        }
        checkTimes(plan, source);
    }

    private void warnOfNoSource() {
        notes.all().stream()
                .findFirst()
                .ifPresent(note -> problems.warning(
                        note.position(),
                        note.owner() + " covers box " + note.box()
                                + ", but the plan names no checklist; add source, or remove covers"));
    }

    /** The first of a range that the checklist does not have speaks for the rest. */
    private void reportUnknown(Source source) {
        Set<Position> reported = new HashSet<>();
        notes.all().stream()
                .filter(note -> note.box() < 1 || note.box() > source.boxes())
                .filter(note -> reported.add(note.position()))
                .forEach(note -> problems.error(
                        note.position(),
                        note.owner() + " covers box " + note.box() + "; boxes are 1 to " + source.boxes()));
    }

    private void checkTimes(ReleasePlan plan, Source source) {
        if (plan.phases().stream().noneMatch(phase -> phase.deploys())) {
            return;
        }
        Place deploys = index.find(plan.deployPhase().id()).map(Declared::place).orElse(null);
        if (deploys == null) {
            return;
        }
        SortedMap<Integer, List<BoxNotes.Note>> byBox = new TreeMap<>();
        notes.all()
                .forEach(note -> byBox.computeIfAbsent(note.box(), box -> new ArrayList<>())
                        .add(note));
        byBox.forEach((box, covering) -> {
            boolean late = covering.stream().anyMatch(note -> note.place().order() > deploys.order());
            if (source.afterDeployment().contains(box) && !late) {
                BoxNotes.Note first = covering.get(0);
                problems.error(
                        first.position(),
                        first.owner() + " runs before the deployment and box " + box
                                + " speaks of after it; cover it from the deploy phase on");
            }
        });
    }

    /** {@code 3, 7-9}. */
    static String ranges(List<Integer> sorted) {
        List<String> parts = new ArrayList<>();
        int i = 0;
        while (i < sorted.size()) {
            int last = i;
            while (last + 1 < sorted.size() && sorted.get(last + 1) == sorted.get(last) + 1) {
                last++;
            }
            parts.add(i == last ? "" + sorted.get(i) : sorted.get(i) + "-" + sorted.get(last));
            i = last + 1;
        }
        return String.join(", ", parts);
    }
}
