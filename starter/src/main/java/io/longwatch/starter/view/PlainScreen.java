package io.longwatch.starter.view;

import io.longwatch.decision.Question;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.Words;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints a line per change, in the order they happened, for logs and pipes. */
public final class PlainScreen implements Screen {
    private final PrintWriter out;
    private final Style style;
    private final Map<String, String> known = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    private record Change(Instant at, String line) {}

    public PlainScreen(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void show(ReleasePlan plan, ReleaseRecord record, Instant now) {
        boolean ended = record.state().ended();
        if (!ended) {
            release(record, now);
        }
        Map<String, Question> asked = record.questions().stream()
                .collect(Collectors.toMap(Question::subject, one -> one, (one, other) -> one));
        Stream.of(record.phases(), record.rollback())
                .flatMap(List::stream)
                .forEach(phase -> phase(plan, phase, asked, now));
        record.soak().stream()
                .filter(window -> window.verdict() != null || !ended)
                .forEach(window -> window(window, now));
        record.questions().forEach(question -> question(plan, question, now));
        if (ended) {
            release(record, or(record.endedAt(), now));
        }
        changes.sort(Comparator.comparing(Change::at));
        changes.forEach(change -> out.println(change.line()));
        changes.clear();
        out.flush();
    }

    private void release(ReleaseRecord record, Instant at) {
        String reason = record.reason();
        String state = record.state() + (reason == null ? "" : ": " + reason);
        changed("release", state, at, record.release() + " ");
    }

    /** In the order in which things are told that happened at the same instant. */
    private void phase(ReleasePlan plan, PhaseRecord phase, Map<String, Question> asked, Instant now) {
        if (begun(phase)) {
            phase(phase, StepState.RUNNING, phase.startedAt(), now);
        } else if (!phase.state().settled()) {
            phase(phase, phase.state(), phase.startedAt(), now);
        }
        for (StepRecord step : phase.steps()) {
            Question question = asked.get(step.id());
            if (question != null && step.state() == StepState.WAITING) {
                question(plan, question, now);
            } else if (step.state() != StepState.PENDING) {
                step(step, now);
            }
        }
        if (phase.state().settled()) {
            phase(phase, phase.state(), phase.endedAt(), now);
        }
    }

    /** Whether it began and ended between two looks here: what begins is told ahead of its steps all the same. */
    private boolean begun(PhaseRecord phase) {
        return phase.startedAt() != null
                && phase.state().settled()
                && !phase.steps().isEmpty()
                && !known.containsKey("phase " + phase.id());
    }

    private void phase(PhaseRecord phase, StepState state, @Nullable Instant at, Instant now) {
        if (state != StepState.PENDING) {
            String mark = Marks.of(state, style) + " ";
            String word = phase.steps().isEmpty() ? "nothing to do" : state.name();
            changed("phase " + phase.id(), word, or(at, now), mark + phase.title() + ": ");
        }
    }

    private void step(StepRecord step, Instant now) {
        String said = step.state().settled()
                ? Objects.requireNonNullElse(
                        step.summary() == null || step.state() == StepState.FAILED ? step.problem() : step.summary(),
                        "")
                : "";
        String text = step.state() + (said.isEmpty() ? "" : ", " + said);
        Instant at = step.state().settled() ? step.endedAt() : step.startedAt();
        changed(
                "step " + step.id(),
                text,
                or(at, now),
                "  " + Marks.of(step.state(), style) + " " + step.title() + ": ");
    }

    private void window(WindowRecord window, Instant now) {
        Instant from = window.startsAt();
        Instant to = window.endsAt();
        if (from == null || to == null) {
            return;
        }
        WindowResult result = window.result();
        String looks = result == null ? "" : ", " + Words.looks(result.looks()) + ", " + result.missed() + " missed";
        String mark = "  " + Marks.of(Marks.of(window.verdict()), style) + " " + window.title() + ": ";
        if (window.verdict() != null) {
            changed("window " + window.window(), window.verdict().name(), to, mark, looks);
            return;
        }
        long tenths = 10
                * Duration.between(from, now).toMillis()
                / Math.max(1, Duration.between(from, to).toMillis());
        changed("window " + window.window(), 10 * Math.min(tenths, 9) + "%", now, mark, looks);
    }

    private void question(ReleasePlan plan, Question question, Instant now) {
        Instant deadline = question.deadline();
        String until = deadline == null ? "" : ", until " + Clocks.day(deadline) + ", then " + question.onDeadline();
        changed(
                "question " + question.subject(),
                plan.deciders(question.subject(), question.roles()) + until,
                or(question.askedAt(), now),
                "  ? " + question.title() + ": ");
    }

    private static Instant or(@Nullable Instant at, Instant now) {
        return at == null ? now : at;
    }

    private void changed(String key, String value, Instant at, String lead) {
        changed(key, value, at, lead, "");
    }

    private void changed(String key, String value, Instant at, String lead, String tail) {
        if (!value.equals(known.put(key, value))) {
            String line = Clocks.day(at).substring(0, 11) + Clocks.time(at) + "  " + lead + value + tail;
            changes.add(new Change(at, line));
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
