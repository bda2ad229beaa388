package io.longwatch.starter.view;

import io.longwatch.plan.Durations;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Soak;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.report.Boxes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A release on a screen: a pure function of what is known of it and the time. */
public final class ReleaseView {
    private final ReleasePlan plan;
    private final ReleaseRecord record;
    private final Instant now;
    private final Style style;
    private final Function<List<PhaseRecord>, List<String>> phaseLines;
    private final @Nullable StoryLines story;
    private final Folding folding;
    private final List<String> lines = new ArrayList<>();

    private ReleaseView(
            ReleasePlan plan,
            ReleaseRecord record,
            Instant now,
            Style style,
            @Nullable StoryLines story,
            Folding folding) {
        this.plan = plan;
        this.record = record;
        this.now = now;
        this.style = style;
        this.story = story;
        this.folding = folding;
        this.phaseLines = story == null ? new PhaseLines(style, now, folding)::of : story::of;
    }

    /** The lines, none longer than the style's width. */
    public static List<String> lines(ReleasePlan plan, ReleaseRecord record, Instant now, Style style) {
        return new ReleaseView(plan, record, now, style, null, Folding.NOTHING).draw();
    }

    /** The lines, folded as far as needed to be no more than a height; more only where that does not do. */
    static List<String> lines(ReleasePlan plan, ReleaseRecord record, Instant now, Style style, int height) {
        List<String> lines = List.of();
        for (Folding folding : Folding.values()) {
            lines = new ReleaseView(plan, record, now, style, null, folding).draw();
            if (lines.size() <= height) {
                return lines;
            }
        }
        return lines;
    }

    /** A release that is over, told to the last step, with the time from T at which each began. */
    public static List<String> story(ReleasePlan plan, ReleaseRecord record, Style style) {
        Instant end = record.endedAt() == null ? record.deployAt() : record.endedAt();
        return new ReleaseView(plan, record, end, style, new StoryLines(style, record.deployAt()), Folding.NOTHING)
                .draw();
    }

    private List<String> draw() {
        head();
        phases();
        soak();
        questions();
        rollback();
        foot();
        return List.copyOf(lines);
    }

    private void head() {
        Instant end = record.endedAt();
        lines.add(new Line(style)
                .add(" " + record.state().name().replace('_', ' ') + " ", Marks.paint(record.state()))
                .add(" " + record.title() + " ", Paint.BOLD)
                .flushRight(
                        end == null
                                ? Clocks.fromT(record.deployAt(), now)
                                : "took " + Clocks.length(record.startedAt(), end, now),
                        Paint.BOLD)
                .toString());
        lines.add(new Line(style)
                .add(" " + record.release() + ", by " + record.requester(), Paint.DIM)
                .flushRight(
                        "T = " + Clocks.day(record.deployAt()) + (record.compressed() ? ", compressed" : ""), Paint.DIM)
                .toString());
        String reason = record.reason();
        if (reason != null) {
            lines.add(new Line(style)
                    .add(" " + reason, Marks.paint(record.state()))
                    .toString());
        }
        lines.add(new Line(style)
                .add(style.glyph("─", "-").repeat(style.width()), Paint.DIM)
                .toString());
    }

    private void phases() {
        boolean soaks = !record.soak().isEmpty();
        phases(phase -> !soaks || !afterSoak(phase));
    }

    private void phases(Predicate<PhaseRecord> shown) {
        lines.addAll(phaseLines.apply(record.phases().stream().filter(shown).toList()));
    }

    /** Whether it waits for the soak, by itself or behind one that does; sign-offs come last of all. */
    private boolean afterSoak(PhaseRecord phase) {
        return plan.phases().stream()
                .takeWhile(one -> one.start().anchor() != Phase.Anchor.SOAK)
                .noneMatch(one -> one.id().equals(phase.id()));
    }

    private void soak() {
        boolean begun = record.soak().stream().anyMatch(window -> window.startsAt() != null);
        boolean toCome = record.rollback().isEmpty() && !record.state().ended();
        if (record.soak().isEmpty() || !(begun || toCome)) {
            return;
        }
        Soak soak = plan.soak();
        section("Soak" + (soak == null ? "" : ", " + Durations.format(soak.length())));
        Map<String, Duration> planned = soak == null
                ? Map.of()
                : soak.windows().stream().collect(Collectors.toMap(Soak.Window::id, Soak.Window::duration));
        lines.addAll(new SoakLines(style, now, record.state().ended(), planned, folding).of(record.soak()));
        phases(this::afterSoak);
    }

    private void questions() {
        if (!record.questions().isEmpty()) {
            section("Waiting for people");
            lines.addAll(new QuestionLines(style, now, plan).of(record.release(), record.questions()));
        }
    }

    private void rollback() {
        if (!record.rollback().isEmpty()) {
            section("Rollback");
            lines.addAll(phaseLines.apply(record.rollback()));
        }
    }

    private void section(String title) {
        gap();
        lines.add(new Line(style).add(title, Paint.BOLD).toString());
    }

    private void gap() {
        if (!folding.isTight()) {
            lines.add("");
        }
    }

    private void foot() {
        Boxes boxes = Boxes.of(plan, record);
        if (boxes.total() == 0 && record.effects().isEmpty()) {
            return;
        }
        gap();
        if (boxes.total() > 0) {
            boxes(boxes);
        }
        if (!record.effects().isEmpty()) {
            effects();
        }
        if (story != null) {
            lines.addAll(story.effects(record.effects()));
        }
    }

    private void boxes(Boxes boxes) {
        Line line = new Line(style)
                .add("Boxes   ", Paint.BOLD)
                .add(Bar.of((double) boxes.accountedFor() / boxes.total(), style.barWidth(), style), Paint.GOOD)
                .add("  " + boxes.accountedFor() + "/" + boxes.total() + "  ", Paint.BOLD);
        boxes.counts().forEach((state, count) -> {
            if (count > 0) {
                line.add(Marks.of(state, style) + " " + count + " " + word(state.name()) + "  ", Marks.paint(state));
            }
        });
        lines.add(line.toString());
    }

    private void effects() {
        Line line = new Line(style).add("Effects ", Paint.BOLD);
        Stream.of(EffectState.values()).forEach(state -> {
            long count = record.effects().stream()
                    .filter(effect -> effect.state() == state)
                    .count();
            if (count > 0) {
                boolean bad = state == EffectState.FAILED || state == EffectState.REFUSED;
                line.add(count + " " + word(state.name()) + "  ", bad ? Paint.BAD : Paint.DIM);
            }
        });
        lines.add(line.toString());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
