package io.longwatch.starter.view;

import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Phases of a release that is over, every step on a line; what never began is folded. */
final class StoryLines {
    private final Style style;
    private final Instant deployAt;

    StoryLines(Style style, Instant deployAt) {
        this.style = style;
        this.deployAt = deployAt;
    }

    List<String> of(List<PhaseRecord> phases) {
        List<String> lines = new ArrayList<>();
        for (PhaseRecord phase : phases) {
            lines.add(phase(phase));
            phase.steps().stream()
                    .filter(step -> step.state() != StepState.PENDING)
                    .map(this::step)
                    .forEach(lines::add);
            long never = phase.steps().stream()
                    .filter(step -> step.state() == StepState.PENDING)
                    .count();
            if (never > 0 && never < phase.steps().size()) {
                lines.add(line("  ", StepState.PENDING, never + " never began", null)
                        .toString());
            }
        }
        return lines;
    }

    private String phase(PhaseRecord phase) {
        int steps = phase.steps().size();
        return line("", phase.state(), phase.title(), phase.startedAt())
                .add(phase.state() == StepState.PENDING ? "never began" : steps + (steps == 1 ? " step" : " steps"))
                .toString();
    }

    private String step(StepRecord step) {
        String tries = step.attempts() > 1 ? step.attempts() + " tries: " : "";
        String said = Objects.requireNonNullElse(
                step.problem(),
                Objects.requireNonNullElse(step.summary(), Objects.requireNonNullElse(step.evidence(), "")));
        return line("  ", step.state(), step.title(), step.startedAt())
                .add(tries + said, step.state() == StepState.FAILED ? Paint.BAD : Paint.DIM)
                .toString();
    }

    private Line line(String indent, StepState state, String title, @Nullable Instant at) {
        Paint paint = indent.isEmpty() ? Paint.BOLD : Paint.NONE;
        return new Line(style)
                .add(indent + Marks.of(state, style) + " ", Marks.paint(state))
                .column(title, style.titleWidth() + 2 - indent.length(), state == StepState.PENDING ? Paint.DIM : paint)
                .right(at == null ? "" : fromT(at), 8, Paint.DIM)
                .add("  ");
    }

    // A step begins some milliseconds after its time; far from T only minutes tell.
    private String fromT(Instant at) {
        Duration since = Duration.between(deployAt, at);
        long grain = since.abs().compareTo(Duration.ofMinutes(5)) > 0 ? 60 : 1;
        long seconds = Math.round(since.toMillis() / 1000.0 / grain) * grain;
        return Clocks.fromT(deployAt, deployAt.plusSeconds(seconds));
    }

    /** Effects by what became of them, a line for each state. */
    List<String> effects(List<EffectRecord> effects) {
        List<String> lines = new ArrayList<>();
        for (EffectState state : EffectState.values()) {
            String steps = effects.stream()
                    .filter(effect -> effect.state() == state)
                    .map(EffectRecord::step)
                    .collect(Collectors.joining(", "));
            if (!steps.isEmpty()) {
                lines.add(new Line(style)
                        .add("        " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": ", Paint.DIM)
                        .add(steps)
                        .toString());
            }
        }
        return lines;
    }
}
