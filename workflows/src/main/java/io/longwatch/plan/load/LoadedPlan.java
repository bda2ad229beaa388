package io.longwatch.plan.load;

import io.longwatch.plan.ReleasePlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a plan's text. */
public sealed interface LoadedPlan {
    /**
     * A plan that may run.
     *
     * @param plan normalised, its texts and durations filled in
     * @param parameters values by name, as JSON holds them: a duration is ISO-8601 text
     * @param warnings what is worth a look all the same
     * @param uncovered what it lacks in covering its checklist; other than in mode FOR_COVERAGE that rejects it
     */
    record Loaded(ReleasePlan plan, Map<String, Object> parameters, List<Problem> warnings, List<Problem> uncovered)
            implements LoadedPlan {
        public Loaded {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            warnings = List.copyOf(warnings);
            uncovered = List.copyOf(uncovered);
        }
    }

    /**
     * A plan that may not.
     *
     * @param problems errors and warnings by position; at least one error
     */
    record Rejected(List<Problem> problems) implements LoadedPlan {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
