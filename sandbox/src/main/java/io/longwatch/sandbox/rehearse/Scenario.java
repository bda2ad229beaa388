package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a rehearsal besides the plan.
 *
 * @param faults steps that fail
 * @param checks what checks of the soak see
 * @param answers what people say; to what is not named they say yes
 */
public record Scenario(List<Fault> faults, List<Seen> checks, List<Reply> answers) {
    /** Everything goes well. */
    public static final Scenario CALM = new Scenario(null, null, null);

    public Scenario(@Nullable List<Fault> faults, @Nullable List<Seen> checks, @Nullable List<Reply> answers) {
        this.faults = faults == null ? List.of() : List.copyOf(faults);
        this.checks = checks == null ? List.of() : List.copyOf(checks);
        this.answers = answers == null ? List.of() : List.copyOf(answers);
    }

    /** This and a fault. */
    Scenario with(Fault fault) {
        return new Scenario(joined(List.of(fault), faults), checks, answers);
    }

    /** This and an answer, which comes before others to the same question. */
    Scenario with(Reply answer) {
        return new Scenario(faults, checks, joined(List.of(answer), answers));
    }

    /** This and what checks see. */
    Scenario with(List<Seen> seen) {
        return new Scenario(faults, joined(checks, seen), answers);
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    /** Whether a step fails before its effect. */
    boolean neverHappened(String step) {
        return faults.stream()
                .anyMatch(fault -> fault.step().equals(step)
                        && fault.times() == null
                        && Boolean.FALSE.equals(fault.afterEffect()));
    }

    /** One step that fails for good. */
    public static Scenario failing(String step) {
        return new Scenario(List.of(new Fault(step, null, null, null)), null, null);
    }

    /**
     * A step that fails.
     *
     * @param step step id
     * @param message what it says
     * @param times how often it fails before it works, or null for always
     * @param afterEffect whether its effect has happened all the same; by default it has
     */
    public record Fault(
            String step,
            @Nullable String message,
            @Nullable Integer times,
            @Nullable Boolean afterEffect) {
        String text() {
            return message == null ? "simulated failure" : message;
        }
    }

    /**
     * What a check sees for a while, counted from the end of the deploy phase.
     *
     * @param check check id
     * @param from first moment, as 30h; the beginning by default
     * @param to last moment; the end by default
     * @param value figure it sees
     * @param outcome {@code error}, {@code noData}, {@code failed}, instead of a figure
     */
    public record Seen(
            String check,
            @Nullable String from,
            @Nullable String to,
            @Nullable Double value,
            @Nullable String outcome) {
        public Seen {
            if (value == null && outcome == null) {
                throw new IllegalArgumentException(
                        "check '" + check + "': give a value, or outcome: error | noData | failed");
            }
            duration("from", from);
            duration("to", to);
        }

        private static Optional<Duration> duration(String field, @Nullable String text) {
            if (text == null) {
                return Optional.empty();
            }
            Optional<Duration> parsed = Durations.parse(text);
            if (parsed.isEmpty()) {
                throw new IllegalArgumentException(field + " '" + text + "' is not a duration; write 90s, 10m or 2h");
            }
            return parsed;
        }

        boolean at(Duration sinceDeployment) {
            return sinceDeployment.compareTo(duration("from", from).orElse(Duration.ZERO)) >= 0
                    && duration("to", to)
                            .map(end -> sinceDeployment.compareTo(end) < 0)
                            .orElse(true);
        }
    }

    /**
     * What people say to a question.
     *
     * @param subject gate, step, window, item or sign-off
     * @param verb their answer, or null for silence
     * @param reason why
     */
    public record Reply(
            String subject,
            @JsonProperty("answer") @Nullable Verb verb,
            @Nullable String reason) {}
}
