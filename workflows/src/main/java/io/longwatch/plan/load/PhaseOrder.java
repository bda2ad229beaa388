package io.longwatch.plan.load;

import io.longwatch.plan.Phase;
import io.longwatch.plan.Phase.Anchor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the phases together: one deploys, and none would have to begin before the one ahead. */
final class PhaseOrder {
    private final Problems problems;
    private final Map<Phase, Position> phases = new LinkedHashMap<>();
    private boolean complete = true;

    PhaseOrder(Problems problems) {
        this.problems = problems;
    }

    /** Adds a phase, and where its start is written. */
    void add(Optional<Phase> phase, Located node) {
        if (phase.isEmpty()) {
            complete = false;
            return;
        }
        Optional<Located> at = node instanceof Located.Mapping mapping
                ? mapping.get("at").or(() -> mapping.get("after"))
                : Optional.empty();
        if (at.isPresent() && phase.get().start().anchor() == Anchor.PREVIOUS) {
            complete = false;
        }
        phases.put(phase.get(), at.map(Located::position).orElse(node.position()));
    }

    List<Phase> phases() {
        return List.copyOf(phases.keySet());
    }

    void check(Position section) {
        checkDeploys(section);
        @Nullable Phase ahead = null;
        boolean soaked = false;
        for (Phase phase : phases.keySet()) {
            Position position = phases.getOrDefault(phase, section);
            if (phase.start().anchor() == Anchor.DEPLOYMENT) {
                checkAt(phase, position, ahead, soaked);
                ahead = phase;
            }
            if (phase.start().anchor() == Anchor.SOAK && !soaked) {
                checkAfterSoak(phase, position);
                soaked = true;
            }
        }
    }

    private void checkDeploys(Position section) {
        List<Phase> deploying = phases.keySet().stream().filter(Phase::deploys).toList();
        if (deploying.isEmpty() && complete) {
            problems.error(section, "no phase deploys; give the one that does at: T");
        }
        for (Phase second : deploying.stream().skip(1).toList()) {
            problems.error(
                    phases.getOrDefault(second, section),
                    "phase '" + second.id() + "' is at T, as is phase '"
                            + deploying.get(0).id() + "'; one phase deploys, give the other T+ and a time or no at");
        }
    }

    private void checkAt(Phase phase, Position position, @Nullable Phase ahead, boolean soaked) {
        if (soaked) {
            problems.error(
                    position,
                    "phase '" + phase.id() + "' is at " + phase.start()
                            + " and stands behind one after the soak; move it ahead of that one");
        } else if (ahead != null
                && phase.start().offset().compareTo(ahead.start().offset()) < 0) {
            problems.error(
                    position,
                    "phase '" + phase.id() + "' is at " + phase.start() + ", before phase '" + ahead.id() + "' at "
                            + ahead.start() + " that stands ahead of it; put them in the order of time");
        }
    }

    private void checkAfterSoak(Phase phase, Position position) {
        boolean deploysLater = phases.keySet().stream()
                .dropWhile(other -> !other.equals(phase))
                .anyMatch(Phase::deploys);
        if (deploysLater) {
            problems.error(
                    position,
                    "phase '" + phase.id() + "' is after the soak and stands ahead of the phase at T; move it behind");
        }
    }
}
