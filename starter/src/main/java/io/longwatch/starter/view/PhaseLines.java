package io.longwatch.starter.view;

import io.longwatch.release.PhaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Phases: what is past on a line, what runs opened, what is to come by its start. */
final class PhaseLines {
    private final Style style;
    private final Instant now;
    private final Folding folding;

    PhaseLines(Style style, Instant now, Folding folding) {
        this.style = style;
        this.now = now;
        this.folding = folding;
    }

    List<String> of(List<PhaseRecord> phases) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            PhaseRecord phase = phases.get(i);
            List<PhaseRecord> alike = folding.foldsPhases() ? alike(phases.subList(i, phases.size())) : List.of();
            if (alike.size() > 1) {
                lines.add(folded(alike));
                i += alike.size() - 1;
                continue;
            }
            lines.add(head(phase));
            if (isOpen(phase)) {
                opened(phase).forEach(lines::add);
            } else {
                phase.steps().stream()
                        .filter(step -> step.state() == StepState.FAILED)
                        .map(this::step)
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /** The phases at the beginning of a list that are all over without a failure, or all to come. */
    private static List<PhaseRecord> alike(List<PhaseRecord> phases) {
        PhaseRecord first = phases.get(0);
        boolean ahead = first.state() == StepState.PENDING;
        if (!ahead && !isOver(first)) {
            return List.of();
        }
        return phases.stream()
                .takeWhile(phase -> ahead ? phase.state() == StepState.PENDING && !isOpen(phase) : isOver(phase))
                .toList();
    }

    private static boolean isOver(PhaseRecord phase) {
        return phase.state().settled()
                && !isOpen(phase)
                && phase.steps().stream().noneMatch(step -> step.state() == StepState.FAILED);
    }

    private String folded(List<PhaseRecord> phases) {
        PhaseRecord first = phases.get(0);
        PhaseRecord last = phases.get(phases.size() - 1);
        boolean ahead = first.state() == StepState.PENDING;
        int steps = phases.stream().mapToInt(phase -> phase.steps().size()).sum();
        return new Line(style)
                .add(Marks.of(first.state(), style) + " ", Marks.paint(first.state()))
                .column(
                        ahead ? phases.size() + " phases to come: " + first.title() : phases.size() + " phases done",
                        style.titleWidth() + 2,
                        ahead ? Paint.DIM : Paint.NONE)
                .right(ahead ? "" : Clocks.length(first.startedAt(), last.endedAt(), now), 7, Paint.DIM)
                .add("  ")
                .add(ahead ? first.start() : steps + " steps", Paint.DIM)
                .toString();
    }

    private static boolean isOpen(PhaseRecord phase) {
        return phase.state() == StepState.RUNNING
                || phase.state() == StepState.WAITING
                || phase.steps().stream()
                        .anyMatch(step -> step.state() == StepState.RUNNING || step.state() == StepState.WAITING);
    }

    private String head(PhaseRecord phase) {
        StepState state = phase.state();
        boolean ahead = state == StepState.PENDING;
        Paint title = ahead ? Paint.DIM : isOpen(phase) ? Paint.BOLD : Paint.NONE;
        return new Line(style)
                .add(Marks.of(state, style) + " ", Marks.paint(state))
                .column(phase.title(), style.titleWidth() + 2, title)
                .right(Clocks.length(phase.startedAt(), phase.endedAt(), now), 7, Paint.DIM)
                .add("  ")
                .add(ahead ? phase.start() : tally(phase), Paint.DIM)
                .toString();
    }

    private String tally(PhaseRecord phase) {
        List<String> parts = new ArrayList<>();
        long settled =
                phase.steps().stream().filter(step -> step.state().settled()).count();
        int all = phase.steps().size();
        if (all == 0) {
            return "nothing to do";
        }
        parts.add(settled == all ? all + (all == 1 ? " step" : " steps") : settled + " of " + all + " steps");
        for (StepState state : List.of(
                StepState.FAILED, StepState.OPEN, StepState.WAIVED, StepState.ATTESTED, StepState.NOT_APPLICABLE)) {
            long count =
                    phase.steps().stream().filter(step -> step.state() == state).count();
            if (count > 0) {
                parts.add(count + " " + state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        return String.join(", ", parts);
    }

    private Stream<String> opened(PhaseRecord phase) {
        List<StepRecord> steps = phase.steps();
        if (steps.size() <= folding.steps()) {
            return steps.stream().map(this::step);
        }
        List<StepRecord> done = steps.stream().filter(PhaseLines::isFine).toList();
        List<StepRecord> ahead =
                steps.stream().filter(step -> step.state() == StepState.PENDING).toList();
        Stream<String> inWork = steps.stream()
                .filter(step -> !done.contains(step) && !ahead.contains(step))
                .map(this::step);
        return Stream.of(
                        done.isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of(folded(done.size() + " done", StepState.PASSED)),
                        inWork,
                        ahead.stream().limit(folding.stepsAhead()).map(this::step),
                        ahead.size() > folding.stepsAhead()
                                ? Stream.of(folded((ahead.size() - folding.stepsAhead()) + " more", StepState.PENDING))
                                : Stream.<String>empty())
                .flatMap(lines -> lines);
    }

    private static boolean isFine(StepRecord step) {
        return step.state() == StepState.PASSED || step.state() == StepState.NOT_APPLICABLE;
    }

    private String folded(String text, StepState state) {
        return new Line(style)
                .add("  " + Marks.of(state, style) + " ", Marks.paint(state))
                .add(text, Paint.DIM)
                .toString();
    }

    private String step(StepRecord step) {
        StepState state = step.state();
        Paint title = state == StepState.PENDING || state == StepState.NOT_APPLICABLE ? Paint.DIM : Paint.NONE;
        return new Line(style)
                .add("  " + Marks.of(state, style) + " ", Marks.paint(state))
                .column(step.title(), style.titleWidth(), title)
                .right(Clocks.length(step.startedAt(), step.endedAt(), now), 7, Paint.DIM)
                .add("  ")
                .add(figure(step), state == StepState.FAILED ? Paint.BAD : Paint.DIM)
                .toString();
    }

    private static String figure(StepRecord step) {
        String tries = step.attempts() > 1 && !step.state().settled() ? "try " + step.attempts() + ": " : "";
        String said = switch (step.state()) {
            case PENDING -> "";
            case RUNNING, WAITING, FAILED, NOT_APPLICABLE, OPEN ->
                Objects.requireNonNullElse(step.problem(), Objects.requireNonNullElse(step.summary(), ""));
            case PASSED, ATTESTED, WAIVED ->
                Objects.requireNonNullElse(step.summary(), Objects.requireNonNullElse(step.evidence(), ""));
        };
        String by = step.by() == null || said.contains(step.by()) ? "" : " (" + step.by() + ")";
        return tries + said + by;
    }
}
