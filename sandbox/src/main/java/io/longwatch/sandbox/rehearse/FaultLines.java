package io.longwatch.sandbox.rehearse;

import io.longwatch.release.EffectState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of faults as text: a row for each, cut at the screen's edge. */
final class FaultLines {
    private static final int LEAST_WIDTH = 80;
    private static final String GAP = "  ";

    private final int width;

    FaultLines(int width) {
        this.width = Math.max(LEAST_WIDTH, width);
    }

    List<String> of(List<FaultTable.Row> rows) {
        int step = widest(rows.stream().map(row -> row.step() + " " + row.fault()), "If");
        int state = widest(rows.stream().map(row -> row.state().name()), "Release ends");
        int effects = Math.min(most(), widest(rows.stream().map(FaultLines::effects), "Effects"));
        List<String> lines = new ArrayList<>();
        lines.add(line("If", step, "Release ends", state, "Effects", effects, "Because"));
        rows.forEach(row -> lines.add(line(
                row.step() + " " + row.fault(),
                step,
                row.state().name(),
                state,
                effects(row),
                effects,
                row.reason().replaceAll("\\s+", " "))));
        return lines;
    }

    private int most() {
        return Math.max(20, width / 3);
    }

    private String line(
            String step, int stepWidth, String state, int stateWidth, String effects, int most, String why) {
        String line =
                pad(step, stepWidth) + GAP + pad(state, stateWidth) + GAP + pad(cut(effects, most), most) + GAP + why;
        return cut(line, width).stripTrailing();
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most - 2) + ".." : text;
    }

    /** What is done about each effect: what is undone by name, the last first; of what stays only the number. */
    private static String effects(FaultTable.Row row) {
        String told = Stream.of(EffectState.values())
                .map(state -> state == EffectState.KEPT ? count(row, state) : names(row, state))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? "none" : told;
    }

    private static String names(FaultTable.Row row, EffectState state) {
        List<String> steps = new ArrayList<>(row.effects().stream()
                .filter(effect -> effect.state() == state)
                .map(FaultTable.EffectEnd::step)
                .toList());
        Collections.reverse(steps);
        return steps.isEmpty() ? "" : word(state) + " " + String.join(", ", steps);
    }

    private static String count(FaultTable.Row row, EffectState state) {
        long count =
                row.effects().stream().filter(effect -> effect.state() == state).count();
        return count == 0 ? "" : count + " " + word(state);
    }

    private static String word(EffectState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int widest(Stream<String> texts, String heading) {
        return Math.max(heading.length(), texts.mapToInt(String::length).max().orElse(0));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
