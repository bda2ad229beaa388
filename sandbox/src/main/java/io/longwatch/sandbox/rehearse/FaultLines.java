package io.longwatch.sandbox.rehearse;

import io.longwatch.release.EffectState;
import io.longwatch.starter.view.Paragraph;
import io.longwatch.starter.view.Style;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of faults as text: a row for each. Where a screen is too narrow for its last column, what stands there has a
 * line of its own below.
 */
final class FaultLines {
    private static final String GAP = "  ";
    private static final String INDENT = "    ";
    private static final int LEAST = 20;
    /** What went wrong comes first. */
    private static final List<EffectState> ORDER = Stream.concat(
                    Stream.of(EffectState.FAILED, EffectState.REFUSED), Stream.of(EffectState.values()))
            .distinct()
            .toList();

    private final Style style;

    FaultLines(Style style) {
        this.style = style;
    }

    List<String> of(List<FaultTable.Row> rows) {
        int step = widest(rows.stream().map(FaultLines::fault), "If");
        int state = widest(rows.stream().map(row -> row.state().name()), "Release ends");
        int effects = widest(rows.stream().map(FaultLines::effects), "Effects");
        int why = widest(rows.stream().map(FaultLines::why), "Because");
        boolean fits = step + state + effects + why + 3 * GAP.length() <= style.edge();
        List<String> lines = new ArrayList<>();
        String head = pad("If", step) + GAP + pad("Release ends", state) + GAP;
        lines.add(head + (fits ? pad("Effects", effects) + GAP + "Because" : "Effects, and because"));
        for (FaultTable.Row row : rows) {
            String line = pad(fault(row), step) + GAP + pad(row.state().name(), state) + GAP;
            if (fits) {
                lines.add(line + pad(effects(row), effects) + GAP + why(row));
            } else {
                lines.addAll(wrapped(line, effects(row)));
                lines.addAll(wrapped(INDENT, why(row)));
            }
        }
        return lines;
    }

    /** Text behind what leads it; further lines stand below the text. */
    private List<String> wrapped(String lead, String text) {
        int room = Math.max(LEAST, style.width() - lead.length());
        List<String> lines = new ArrayList<>();
        for (String part : Paragraph.of(text, room, "")) {
            lines.add((lines.isEmpty() ? lead : " ".repeat(lead.length())) + part);
        }
        return lines;
    }

    private static String fault(FaultTable.Row row) {
        return row.step() + " " + row.fault();
    }

    private static String why(FaultTable.Row row) {
        return row.reason().replaceAll("\\s+", " ");
    }

    /** What is done about each effect: what is undone by name, the last first; of what stays only the number. */
    private static String effects(FaultTable.Row row) {
        String told = ORDER.stream()
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
