package io.longwatch.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is watched after the deploy phase: windows one after another, counted from its end. A window that is lengthened
 * shifts those behind it, but for the end of an anchored one.
 *
 * @param checks what is looked at, each defined once
 * @param windows in order
 */
public record Soak(List<Check> checks, List<Window> windows) {
    public Soak {
        checks = List.copyOf(checks);
        windows = List.copyOf(windows);
    }

    public Check check(String id) {
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no soak check '" + id + "'"));
    }

    public Duration length() {
        return windows.stream().map(Window::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * A stretch of the soak with a verdict of its own.
     *
     * @param id unique in the plan
     * @param title for people
     * @param duration how long it lasts
     * @param interval time between looks
     * @param anchored whether it ends as planned, counted from the end of the deploy phase, however late it begins
     * @param checks ids of the checks it looks at
     * @param maxExtension most time by which missed looks may lengthen it
     * @param onMissed what follows when time stays unobserved all the same
     * @param onInconclusive what follows an INCONCLUSIVE or BLIND verdict that nobody waives by the deadline
     * @param role who may waive such a verdict
     * @param deadline how long people have for that
     * @param covers boxes of the source checklist
     */
    public record Window(
            String id,
            String title,
            Duration duration,
            Duration interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean anchored,
            List<String> checks,
            Duration maxExtension,
            Outcome onMissed,
            Outcome onInconclusive,
            @Nullable String role,
            Duration deadline,
            List<Integer> covers) {
        public Window {
            checks = List.copyOf(checks);
            covers = List.copyOf(covers);
        }
    }
}
